package dev.muster.orchestrator.engine.wave;

import static dev.muster.orchestrator.engine.wave.Plans.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.Visits;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pcollections.PMap;

/// What a run costs for each of its workers does not grow with their number. Members looked at are
/// counted, since time would tell of the machine.
class NothingScansTest {
  private static final int FEW = 300;

  /// Looking through all members for each would make it twice as many.
  private static final double GROWTH_MAX = 1.2;

  private static String id(int number) {
    return "WORKER_%05d".formatted(number);
  }

  private static void growsWithNothing(
      IntFunction<List<Planned>> workers, Predicate<String> fails) {
    var few = visitsPerWorker(workers.apply(FEW), fails);
    var many = visitsPerWorker(workers.apply(2 * FEW), fails);
    assertThat(many).as("%.1f members looked at of %d", few, FEW).isLessThan(GROWTH_MAX * few);
  }

  /// From the first look to the end of the run.
  private static double visitsPerWorker(List<Planned> workers, Predicate<String> fails) {
    var plan = Plans.plan(workers, false, FailurePolicy.CONTINUE);
    var visits = new Visits();
    var state =
        counted(
            Carried.of(new RunCreated("run_1", plan, Simulation.settings(), Simulation.T0), plan),
            visits);
    var outlook = new Outlook();
    outlook.see(Nodes.view(4));
    while (!state.finished()) {
      state = outlook.round(state, true, Simulation.T0).state();
      for (var worker : List.copyOf(state.turns().underWay())) {
        var phase = fails.test(worker) ? WorkerPhase.FAILED : WorkerPhase.COMPLETED;
        outlook.hear(state, new WorkerReported(worker, status(phase)));
      }
      outlook.status(state, Simulation.T0);
      outlook.summaryIfDue(state, Simulation.T0);
    }
    return (double) visits.count() / workers.size();
  }

  private static Carried counted(Carried it, Visits visits) {
    PMap<String, Member> members = visits.in(it.members());
    return new Carried(
        it.created(),
        it.plan(),
        it.dependencies(),
        members,
        it.turns(),
        it.waves(),
        it.wishes(),
        it.resumes(),
        it.retrospectives(),
        it.finish());
  }

  private static WorkerStatus status(WorkerPhase phase) {
    return new WorkerStatus(
        phase, 0, 1, 0, null, null, List.of(), List.of(), false, Simulation.T0, Simulation.T0);
  }

  private static List<Planned> independent(int count) {
    return IntStream.range(0, count).mapToObj(n -> planned(id(n), 1)).toList();
  }

  @Test
  void ofWorkersThatWaitForNobody() {
    growsWithNothing(NothingScansTest::independent, _ -> false);
  }

  @Test
  void ofWorkersOfWhichEachWaitsForTheOneBefore() {
    growsWithNothing(
        count ->
            IntStream.range(0, count)
                .mapToObj(n -> n % 10 == 0 ? planned(id(n), 1) : planned(id(n), 1, id(n - 1)))
                .toList(),
        _ -> false);
  }

  @Test
  void ofOneThatWaitsForAllOthers() {
    growsWithNothing(
        count -> {
          var workers = new ArrayList<>(independent(count));
          workers.add(
              planned("WORKER_LAST", 1, workers.stream().map(Planned::id).toArray(String[]::new)));
          return workers;
        },
        _ -> false);
  }

  @Test
  void ofWorkersThatFailAndBlockTheSameOthers() {
    growsWithNothing(
        count ->
            IntStream.range(0, count)
                .mapToObj(n ->
                    n < count / 2
                        ? planned(id(n), 1)
                        : planned(id(n), 2, id(n - 1), id(n - count / 2)))
                .toList(),
        worker -> worker.endsWith("0"));
  }

  private static Planned writing(int number, String... paths) {
    return new Planned(
        id(number), id(number), 1, "d", List.of(), null, List.of(), true, List.of(paths));
  }

  @Test
  void ofWorkersThatMayAllWriteTheSame() {
    growsWithNothing(
        count -> IntStream.range(0, count).mapToObj(n -> writing(n, "src")).toList(), _ -> false);
  }

  @Test
  void ofWorkersOfWhichOneMayWriteWhereAllOthersMay() {
    growsWithNothing(
        count ->
            IntStream.range(0, count)
                .mapToObj(n -> n == 0 ? writing(0, "src") : writing(n, "src/" + n))
                .toList(),
        _ -> false);
  }

  @Test
  void ofPairsThatMayWriteTheSame() {
    growsWithNothing(
        count -> IntStream.range(0, count).mapToObj(n -> writing(n, "src/" + n / 2)).toList(),
        _ -> false);
  }

  @Test
  void ofWorkersWhoseNodeIsFull() {
    var plan = independent(FEW);
    var more = independent(2 * FEW);
    assertThat(visitsOfALook(more)).isEqualTo(visitsOfALook(plan));
  }

  private static long visitsOfALook(List<Planned> workers) {
    var plan = Plans.plan(workers, false, FailurePolicy.CONTINUE);
    var outlook = new Outlook();
    outlook.see(Nodes.view(4));
    var run = new RunCreated("run_1", plan, Simulation.settings(), Simulation.T0);
    var begun = outlook.round(Carried.of(run, plan), true, Simulation.T0).state();
    var visits = new Visits();
    outlook.round(counted(begun, visits), true, Simulation.T0);
    return visits.count();
  }
}
