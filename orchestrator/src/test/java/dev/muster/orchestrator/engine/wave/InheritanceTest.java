package dev.muster.orchestrator.engine.wave;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.HandedOn;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Handover;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InheritanceTest {
  private final Map<String, Handover> stored = new HashMap<>();
  private final Inheritance inheritance = new Inheritance(stored::putAll);

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 50));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ofTwoThatDeliverOnePathTheOneThatRestsOnTheOtherWins(long seed) {
    var random = new SplittableRandom(seed);
    var workers = new ArrayList<Planned>();
    for (var n = 0; n < 30; n++) workers.add(planned(n, before(n, random)));
    var state = delivered(workers, random.ints(30, 0, 5).mapToObj("file-%d"::formatted).toList());

    for (var worker : workers) {
      var all = ancestors(worker.id(), workers);
      var inputs = inputs(state, worker.id());
      assertThat(inputs).extracting(Artifact::path).doesNotHaveDuplicates();
      assertThat(inputs.stream().map(Artifact::path).collect(Collectors.toSet()))
          .isEqualTo(all.stream().map(it -> path(state, it)).collect(Collectors.toSet()));
      for (var input : inputs) {
        var winner = all.stream().filter(it -> digest(state, it).equals(input.sha256())).toList();
        assertThat(all)
            .noneMatch(it ->
                path(state, it).equals(input.path())
                    && ancestors(it, workers).contains(winner.getFirst()));
      }
    }
  }

  @Test
  void amongThoseThatDoNotWaitForOneAnotherTheNearestWins() {
    var workers =
        List.of(
            planned(0, List.of()),
            planned(1, List.of(id(0))),
            planned(2, List.of()),
            planned(3, List.of(id(1), id(2))));
    var state = delivered(workers, List.of("a", "b", "b", "c"));
    assertThat(inputs(state, id(3))).containsExactly(artifact(1, "b"), artifact(0, "a"));
  }

  @Test
  void aChainIsStoredInProportionToItsLength() {
    assertThat(2 * bytesOfChain(200)).isGreaterThan((long) (bytesOfChain(400) * 0.95));
    assertThat(inputs(chain(200), id(199))).hasSize(199);
  }

  /// What is stored when one worker after the other is released.
  private long bytesOfChain(int workers) {
    stored.clear();
    inheritance.reopened();
    var state = chain(workers);
    for (var n = 0; n < workers; n++) inheritance.of(state, state.member(id(n)));
    return stored.values().stream().mapToLong(it -> EventCodec.encode(it).length).sum();
  }

  private static Carried chain(int workers) {
    var plan =
        IntStream.range(0, workers)
            .mapToObj(n -> planned(n, n == 0 ? List.of() : List.of(id(n - 1))))
            .toList();
    return delivered(plan, plan.stream().map(Planned::id).toList());
  }

  @Test
  void nothingIsStoredTwiceUntilARecoveryAndThenUnderTheSameName() {
    var state = chain(3);
    var name = inheritance.of(state, state.member(id(2)));
    stored.clear();
    assertThat(inheritance.of(state, state.member(id(2)))).isEqualTo(name);
    assertThat(stored).isEmpty();
    assertThat(new Inheritance(stored::putAll).of(state, state.member(id(2)))).isEqualTo(name);
    assertThat(stored).containsKey(name);
  }

  @Test
  void whoeverRestsOnNobodyAndWhoeverRehearsesIsHandedNothing() {
    var state = chain(2);
    assertThat(inheritance.of(state, state.member(id(0)))).isNull();
    assertThat(stored).isEmpty();
  }

  @Test
  void whatIsDeliveredAnewIsHandedOnAnew() {
    var state = chain(3);
    var before = inheritance.of(state, state.member(id(2)));
    var open = state.after(new WorkersReopened(List.of(id(0)), "me", Simulation.T0, List.of()));
    inheritance.reopened();
    // Told again while what it rests on is done anew.
    assertThat(inputs(open, id(2))).containsExactly(artifact(1, id(1)));
    var again = new HashMap<>(open.members());
    again.put(
        id(0), done(open.member(id(0)).planned(), new Artifact(id(0), "f".repeat(64), 1, false)));
    var done = Carried.of(open.created(), open.plan(), again, Wishes.NONE);
    assertThat(inheritance.of(done, done.member(id(2)))).isNotEqualTo(before);
    assertThat(inputs(done, id(2))).extracting(Artifact::sha256).contains("f".repeat(64));
  }

  // --- plans, and who has delivered what ---

  private List<Artifact> inputs(Carried state, String worker) {
    var name = inheritance.of(state, state.member(worker));
    if (name == null) return List.of();
    return HandedOn.inputs(handover(name), this::handover);
  }

  private Handover handover(String digest) {
    return requireNonNull(stored.get(digest));
  }

  private static List<String> before(int n, SplittableRandom random) {
    return random
        .ints(random.nextInt(3), 0, Math.max(n, 1))
        .filter(it -> it < n)
        .distinct()
        .mapToObj(InheritanceTest::id)
        .toList();
  }

  private static Set<String> ancestors(String worker, List<Planned> workers) {
    var of = workers.stream().collect(Collectors.toMap(Planned::id, Planned::dependencies));
    var all = new HashSet<String>();
    var open = new ArrayList<>(of.getOrDefault(worker, List.of()));
    while (!open.isEmpty()) {
      var next = open.removeLast();
      if (all.add(next)) open.addAll(of.getOrDefault(next, List.of()));
    }
    return all;
  }

  private static Planned planned(int n, List<String> dependencies) {
    return Plans.planned(id(n), 1, dependencies.toArray(String[]::new));
  }

  private static String id(int n) {
    return "WORKER_%03d".formatted(n);
  }

  /// @param paths of what each has delivered
  private static Carried delivered(List<Planned> workers, List<String> paths) {
    var plan = Plans.plan(workers, false, FailurePolicy.CONTINUE);
    var created = new RunCreated("run_1", plan, Simulation.settings(), Simulation.T0, null);
    var members = new HashMap<String, Member>();
    for (var n = 0; n < workers.size(); n++) {
      members.put(id(n), done(workers.get(n), artifact(n, paths.get(n))));
    }
    return Carried.of(created, plan, members, Wishes.NONE);
  }

  private static Member done(Planned planned, Artifact artifact) {
    return new Member(planned, WorkerPhase.COMPLETED, 0, List.of(artifact), null, false);
  }

  private static Artifact artifact(int n, String path) {
    return new Artifact(path, Sha256.of(id(n)), n, false);
  }

  private static String path(Carried state, String worker) {
    return state.member(worker).artifacts().getFirst().path();
  }

  private static String digest(Carried state, String worker) {
    return state.member(worker).artifacts().getFirst().sha256();
  }
}
