package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.SubTask;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Workers that ask for sub-workers, as their run sees it.
class SpawningTest {
  private static final ActorTestKit ACTORS = SupervisorHarness.actors();
  static final Artifact GIVEN = new Artifact("in.txt", "a".repeat(64), 1, false);

  private SupervisorHarness run;

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @BeforeEach
  void begin() {
    run = new SupervisorHarness(ACTORS);
    run.sowing = SpawningTest::sown;
    run.begin(
        Plans.plan(
            List.of(agent("WORKER_001"), agent("WORKER_002"), Plans.planned("WORKER_003", 2)),
            false,
            FailurePolicy.CONTINUE));
    run.told();
  }

  private static Planned agent(String id) {
    return new Planned(id, id, 1, "d", List.of(), null, List.of(), true, List.of(id + "/"));
  }

  static Sowing.Sown sown(Planned parent, @Nullable String agents, List<Sowing.Wanted> wanted) {
    return new Sowing.Sown(
        null,
        wanted.stream()
            .map(it ->
                new Planned(
                    it.id(),
                    it.task().title(),
                    parent.wave(),
                    "d-" + it.id(),
                    List.of(),
                    null,
                    List.of(),
                    true,
                    it.task().deliverables()))
            .toList());
  }

  static SubTask task(String title) {
    return new SubTask(
        title, null, "m", List.of("a.txt"), List.of(), List.of(), List.of("true"), List.of(GIVEN));
  }

  private Spawned spawn(String parent, int ordinal, String... titles) {
    var tasks = List.of(titles).stream().map(SpawningTest::task).toArray(SubTask[]::new);
    return run.spawn(parent, ordinal, tasks).getValue();
  }

  private List<String> members() {
    return run.carried().inOrder().map(it -> it.id() + " " + it.phase()).toList();
  }

  @Test
  void theyGoBeforeWhoHasNotBegunAndAreCountedLikeAll() {
    var told = spawn("WORKER_001", 7, "One", "Two");

    assertThat(told.awaited()).containsExactly("WORKER_001.1", "WORKER_001.2");
    run.look();
    assertThat(run.told()).containsExactly("WORKER_001.1 RUN", "WORKER_001.2 RUN");
    assertThat(run.describe().counts().total()).isEqualTo(5);
    assertThat(run.describe().waves().getFirst().total()).isEqualTo(4);
  }

  @Test
  void askingAgainUnderTheSameStepBringsNoSecondOneAlsoAfterACrash() {
    spawn("WORKER_001", 7, "One");
    assertThat(spawn("WORKER_001", 7, "Another").awaited()).containsExactly("WORKER_001.1");
    run.restart();
    assertThat(spawn("WORKER_001", 7, "One").awaited()).containsExactly("WORKER_001.1");
    assertThat(run.count(WorkerSpawned.class)).isOne();
    assertThat(spawn("WORKER_001", 9, "One").awaited()).containsExactly("WORKER_001.2");
    assertThat(spawn("WORKER_002", 7, "One").awaited()).containsExactly("WORKER_002.1");
  }

  @Test
  void neitherTooDeepNorTooManyNorForSomebodyElse() {
    assertThat(spawn("WORKER_001", 7, "1", "2", "3", "4", "5").refusal())
        .contains("a worker may have 4");
    assertThat(spawn("WORKER_009", 7, "1").refusal()).contains("no WORKER_009");
    assertThat(run.spawn("WORKER_003", 7, task("1")).isError()).isTrue();
    assertThat(run.spawn("WORKER_001.9", 7, task("1")).getValue().refusal()).isNotNull();
    spawn("WORKER_001", 7, "1", "2", "3", "4");
    assertThat(spawn("WORKER_001", 8, "1").refusal()).contains("has asked for 4");
    run.look();
    spawn("WORKER_001.1", 7, "1");
    run.look();
    assertThat(spawn("WORKER_001.1.1", 7, "1").refusal()).contains("deeper than 2");
    assertThat(run.count(WorkerSpawned.class)).isEqualTo(5);
  }

  @Test
  void whoseJournalDoesNotSayThatItAsksHasNobody() {
    run.asks = CompletableFuture.completedFuture(false);
    assertThat(run.spawn("WORKER_001", 7, task("1")).isError()).isTrue();
    run.asks = CompletableFuture.failedFuture(new IllegalStateException("no database"));
    assertThat(run.spawn("WORKER_001", 7, task("1")).isError()).isTrue();
    assertThat(run.count(WorkerSpawned.class)).isZero();

    var looks = new CompletableFuture<Boolean>();
    run.asks = looks;
    var answer = run.asked("WORKER_001", 7, task("1"));
    answer.expectNoMessage(Duration.ZERO);
    looks.complete(true);
    assertThat(answer.receiveMessage().getValue().awaited()).containsExactly("WORKER_001.1");
  }

  @Test
  void theSixtyFifthOfARunIsRefusedUntilOthersHaveLeft() {
    var many = new SupervisorHarness(ACTORS);
    many.sowing = SpawningTest::sown;
    var agents = IntStream.rangeClosed(1, 17).mapToObj(n -> agent("WORKER_%03d".formatted(n)));
    many.begin(Plans.plan(agents.toList(), false, FailurePolicy.CONTINUE));
    many.slots(17);
    many.look();
    var four = Stream.of("1", "2", "3", "4").map(SpawningTest::task).toArray(SubTask[]::new);
    for (var n = 1; n <= 16; n++) {
      assertThat(many.spawn("WORKER_%03d".formatted(n), 7, four).getValue().refusal()).isNull();
    }

    var refused = many.spawn("WORKER_017", 7, task("1")).getValue().refusal();

    assertThat(refused).contains("the run has 64 sub-workers", "the 64 it may have");
    many.restart();
    assertThat(many.spawn("WORKER_017", 7, task("1")).getValue().refusal()).isEqualTo(refused);
    assertThat(many.spawn("WORKER_001", 7, four).getValue().awaited()).hasSize(4);
    assertThat(many.count(WorkerSpawned.class)).isEqualTo(64);

    many.settle("WORKER_001", WorkerPhase.FAILED);
    for (var sub : four) many.settle("WORKER_001." + sub.title(), WorkerPhase.CANCELLED);
    many.retry("WORKER_001");
    assertThat(many.spawn("WORKER_017", 8, four).getValue().awaited()).hasSize(4);
  }

  @Test
  void whoeverAskedHearsWhenAllHaveSettledAndWhatCameOfIt() {
    spawn("WORKER_001", 7, "One", "Two");
    run.look();
    run.settle("WORKER_001.1", WorkerPhase.COMPLETED);
    assertThat(run.woken).isEmpty();
    run.restart();
    run.goOn();
    run.settle("WORKER_001.2", WorkerPhase.FAILED);
    assertThat(run.woken).endsWith(run.run + "/WORKER_001");
    var told = spawn("WORKER_001", 7, "One", "Two");
    assertThat(told.awaited()).isEmpty();
    assertThat(told.subs().stream().map(Spawned.Sub::phase))
        .containsExactly(WorkerPhase.COMPLETED, WorkerPhase.FAILED);
  }

  @Test
  void whatItsParentGaveItGoesBeforeWhatItsParentWasGiven() {
    spawn("WORKER_001", 7, "One");
    run.look();
    var assigned = run.assigned.getLast().assignment();
    var handed = Objects.requireNonNull(run.handovers.get(assigned.handover()));
    var given = Objects.requireNonNull(run.handovers.get(handed.from().getFirst()));
    assertThat(given.artifacts()).containsExactly(GIVEN);
  }

  @Test
  void pauseAndCancelOfOneReachAllBelow() {
    spawn("WORKER_001", 7, "One");
    run.look();
    spawn("WORKER_001.1", 3, "Deeper");
    run.look();
    run.told();
    run.pause("WORKER_001");
    assertThat(run.told())
        .contains("WORKER_001 PAUSE", "WORKER_001.1 PAUSE", "WORKER_001.1.1 PAUSE");
    run.resume("WORKER_001");
    assertThat(run.told()).contains("WORKER_001 RUN", "WORKER_001.1 RUN", "WORKER_001.1.1 RUN");
    run.cancel("WORKER_001");
    assertThat(run.told())
        .contains("WORKER_001 CANCEL", "WORKER_001.1 CANCEL", "WORKER_001.1.1 CANCEL")
        .doesNotContain("WORKER_002 CANCEL");
    assertThat(run.spawn("WORKER_001.1", 9, task("More")).getValue().refusal())
        .contains("cancelled");
  }

  @Test
  void nobodyGoesOnForOneThatHasSettled() {
    spawn("WORKER_001", 7, "One");
    run.look();
    run.told();
    run.settle("WORKER_001", WorkerPhase.FAILED);
    assertThat(run.told()).contains("WORKER_001.1 CANCEL");
    assertThat(run.count(RunCancelled.class)).isOne();
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    assertThat(run.carried().finished()).isFalse();
    run.settle("WORKER_001.1", WorkerPhase.CANCELLED);
    run.settle("WORKER_003", WorkerPhase.COMPLETED);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.FAILED);
  }

  @Test
  void aRetryBeginsAnewAndWhoWasAskedForBeforeBelongsToTheRunNoMore() {
    spawn("WORKER_001", 7, "One");
    run.look();
    assertThat(run.retry("WORKER_001").isError()).isTrue();
    run.settle("WORKER_001.1", WorkerPhase.FAILED);
    run.settle("WORKER_001", WorkerPhase.FAILED);
    run.retry("WORKER_001.1");
    run.look();
    assertThat(members()).contains("WORKER_001 RUNNING").hasSize(3);
    assertThat(spawn("WORKER_001", 7, "One").awaited()).containsExactly("WORKER_001.2");
    run.restart();
    assertThat(members()).anyMatch(it -> it.startsWith("WORKER_001.2 ")).hasSize(4);
    run.tell(new RunCommand.Wake());
    run.goOn();
    run.settle("WORKER_001.2", WorkerPhase.COMPLETED);
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    run.settle("WORKER_003", WorkerPhase.COMPLETED);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.COMPLETED);
  }

  @Test
  void oneThatWaitsTakesNoPlaceAndDoesNotKeepARunFromBeingHeld() {
    var alone =
        new RunPlan(
            "w",
            List.of(new RunPlan.Wave(1, "first", 1, false, FailurePolicy.CONTINUE)),
            List.of(agent("WORKER_001")),
            null);
    var one = new SupervisorHarness(ACTORS);
    one.sowing = SpawningTest::sown;
    one.create(alone);
    one.tell(new RunCommand.GateReady());
    one.slots(1);
    one.look();
    one.spawn("WORKER_001", 7, task("One"));
    one.report("WORKER_001", 0, WorkerPhase.BACKOFF);
    one.look();
    assertThat(one.carried().member("WORKER_001.1").underWay()).isTrue();
    one.report("WORKER_001.1", 0, WorkerPhase.AWAITING_APPROVAL);
    var held = one.describe();
    assertThat(held.phase()).isEqualTo(RunPhase.HELD);
    assertThat(held.counts().running()).isZero();
    assertThat(held.counts().waiting()).isOne();
  }

  @Test
  void whatIsWrittenInASnapshotIsReadAgain() {
    spawn("WORKER_001", 7, "One", "Two");
    run.look();
    spawn("WORKER_001.1", 3, "Deeper");
    run.look();
    run.settle("WORKER_001.1.1", WorkerPhase.COMPLETED);
    run.settle("WORKER_001.1", WorkerPhase.FAILED);
    run.settle("WORKER_001.2", WorkerPhase.COMPLETED);
    same();
    run.settle("WORKER_001", WorkerPhase.FAILED);
    run.retry("WORKER_001");
    spawn("WORKER_001", 20, "Three");
    same();
  }

  private void same() {
    var serializer = new RunSnapshot.Serializer();
    var bytes = serializer.toBinary(RunSnapshot.of(run.carried()));
    var read = ((RunSnapshot) serializer.fromBinary(bytes, "run-1")).restored(run::plan);
    assertThat(read).isEqualTo(run.carried());
  }
}
