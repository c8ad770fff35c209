package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Sub-workers that a run has from an earlier one.
class CarriedSubWorkersTest {
  private static final ActorTestKit ACTORS = SupervisorHarness.actors();
  private static final Instant AT = Instant.EPOCH;

  private static final WorkerStatus DONE =
      new WorkerStatus(
          WorkerPhase.COMPLETED, 0, 0, 0, null, null, List.of(), List.of(), false, null, null);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private static Planned agent(String id, int wave, String digest) {
    return new Planned(id, id, wave, digest, List.of(), null, List.of(), true, List.of(id + "/"));
  }

  private static RunPlan plan(int wave) {
    return Plans.plan(List.of(agent("WORKER_001", wave, "d")), false, FailurePolicy.CONTINUE);
  }

  private static WorkerSpawned second(Instant at) {
    return new WorkerSpawned("WORKER_001", 7, agent("WORKER_001.2", 1, "s"), List.of(), at);
  }

  /// The first one had left before, so that only the second came along.
  private static SupervisorHarness carriedOver(int wave) {
    var run = new SupervisorHarness(ACTORS);
    run.sowing = SpawningTest::sown;
    return run.createWith(
        plan(wave),
        new DoneBefore(Map.of("WORKER_001", DONE, "WORKER_001.2", DONE), List.of(second(AT))));
  }

  @Test
  void theNextOneIsCalledLikeNoneOfThem() {
    var run = carriedOver(1);
    run.refresh(agent("WORKER_001", 1, "new"));
    run.goOn();

    var asked = run.spawn("WORKER_001", 8, SpawningTest.task("One")).getValue();

    assertThat(asked.awaited()).containsExactly("WORKER_001.3");
    run.restart();
    assertThat(run.carried().subs().below("WORKER_001")).containsExactly("WORKER_001.3");
  }

  @Test
  void theyAreCountedInTheWaveWhereWhoeverAskedStandsNow() {
    var run = carriedOver(2);

    assertThat(run.carried().member("WORKER_001.2").planned().wave()).isEqualTo(2);
    assertThat(run.describe().waves().getLast().total()).isEqualTo(2);
    assertThat(run.describe().waves().getFirst().total()).isZero();
  }

  /// As journals have it that were written while names could be given twice.
  @Test
  void aSnapshotOfANameThatWasGivenTwiceIsReadAgain() {
    var run = new SupervisorHarness(ACTORS).create(plan(1));
    var twice =
        run.carried()
            .after(second(AT))
            .after(new WorkerSettled("WORKER_001.2", DONE, AT))
            .after(new WorkerSettled("WORKER_001", DONE, AT))
            .after(new WorkersReopened(List.of("WORKER_001"), "me", AT, List.of()))
            .after(second(AT));

    var taken = RunSnapshot.of(twice);

    assertThat(taken.subs()).map(RunSnapshot.Sub::left).containsExactly(true, false);
    assertThat(taken.restored(run::plan)).isEqualTo(twice);
    assertThat(asBefore(taken).restored(run::plan)).isEqualTo(twice);
    assertThat(twice.inOrder().map(Member::id)).containsExactly("WORKER_001", "WORKER_001.2");
  }

  private static RunSnapshot asBefore(RunSnapshot it) {
    var subs =
        Objects.requireNonNull(it.subs()).stream()
            .map(sub ->
                new RunSnapshot.Sub(
                    sub.parent(), sub.ordinal(), sub.planned(), sub.inputs(), false))
            .toList();
    return new RunSnapshot(
        it.created(),
        it.members(),
        it.waves(),
        it.paused(),
        it.pausedWorkers(),
        it.cancelled(),
        it.resumes(),
        it.retrospectives(),
        it.finish(),
        subs);
  }

  @Test
  void whoIsCarriedOverComesWithThoseHeHadAskedForAndNobodyIsReleased() {
    var below = agent("WORKER_001.1", 1, "d");
    var belowThat = agent("WORKER_001.1.1", 1, "d");
    var later = new SupervisorHarness(ACTORS);
    later.createWith(
        plan(1),
        new DoneBefore(
            Map.of("WORKER_001", DONE, below.id(), DONE, belowThat.id(), DONE),
            List.of(
                new WorkerSpawned(
                    "WORKER_001", 7, below, List.of(SpawningTest.GIVEN), Instant.EPOCH),
                new WorkerSpawned(below.id(), 3, belowThat, List.of(), Instant.EPOCH))));

    assertThat(later.told()).isEmpty();
    assertThat(later.describe().phase()).isEqualTo(RunPhase.COMPLETED);
    assertThat(later.describe().counts().completed()).isEqualTo(3);
    later.restart();
    assertThat(later.carried().subs().below("WORKER_001"))
        .containsExactly("WORKER_001.1", "WORKER_001.1.1");
  }
}
