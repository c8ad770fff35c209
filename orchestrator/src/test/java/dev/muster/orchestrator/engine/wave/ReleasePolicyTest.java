package dev.muster.orchestrator.engine.wave;

import static dev.muster.orchestrator.engine.wave.Plans.plan;
import static dev.muster.orchestrator.engine.wave.Plans.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReleasePolicyTest {
  @Test
  void nothingIsReleasedWithoutHeadroomAndTheHoldSaysWhy() {
    var simulation = simulation(plan(false, FailurePolicy.CONTINUE));
    simulation.look(0);
    assertThat(simulation.release.workers()).isEmpty();
    assertThat(simulation.release.waves()).isEmpty();
    assertThat(simulation.release.holds())
        .contains(new Hold(1, "wave 1", Hold.Kind.HEADROOM, "node-a CPU 99% ≥ 80%"));
    assertThat(simulation.journal).anyMatch(RunEvent.HoldBegan.class::isInstance);

    simulation.look(4);
    assertThat(simulation.journal).anyMatch(RunEvent.HoldEnded.class::isInstance);
    assertThat(simulation.release.workers()).containsExactly("WORKER_001");
  }

  @Test
  void aLaterWaveWaitsForTheOneBefore() {
    var simulation = simulation(plan(false, FailurePolicy.CONTINUE));
    simulation.look(4);
    assertThat(released(simulation, 2)).isFalse();
    assertThat(simulation.release.isHeldBy(Hold.Kind.EARLIER_WAVE)).isTrue();
    simulation.settle("WORKER_001", WorkerPhase.COMPLETED);
    simulation.look(4);
    assertThat(released(simulation, 2)).isTrue();
  }

  @Test
  void awaitingApprovalKeepsTheWaveOpenAndHoldsTheRun() {
    var simulation = simulation(plan(false, FailurePolicy.CONTINUE));
    simulation.look(4);
    simulation.says("WORKER_001", WorkerPhase.AWAITING_APPROVAL, "node-a");
    simulation.look(4);
    assertThat(released(simulation, 2)).isFalse();
    assertThat(RunStatuses.phase(simulation.state, simulation.live, simulation.release, false))
        .isEqualTo(RunPhase.HELD);
  }

  @Test
  void aRunWithoutHeadroomIsNotHeldBySomebody() {
    var simulation = simulation(plan(false, FailurePolicy.CONTINUE));
    simulation.look(0);
    assertThat(RunStatuses.phase(simulation.state, simulation.live, simulation.release, false))
        .isEqualTo(RunPhase.RUNNING);
  }

  @Test
  void aGatedWaveWaitsForItsDecision() {
    var simulation = simulation(plan(true, FailurePolicy.CONTINUE));
    simulation.look(4);
    assertThat(simulation.release.gates()).containsExactly(1);
    assertThat(simulation.release.workers()).isEmpty();
    simulation.look(4);
    assertThat(simulation.release.gates()).isEmpty();
    simulation.decide(1, Decision.APPROVED);
    simulation.look(4);
    assertThat(simulation.release.workers()).containsExactly("WORKER_001");
  }

  @Test
  void aRejectedWaveStaysHeldUntilItIsLaunchedByHand() {
    var simulation = simulation(plan(true, FailurePolicy.CONTINUE));
    simulation.look(4);
    simulation.decide(1, Decision.REJECTED);
    simulation.look(4);
    assertThat(simulation.release.isHeldBy(Hold.Kind.STOPPED)).isTrue();
    assertThat(Launching.refusal(simulation.state, 1, Headroom.of(Nodes.view(2), null))).isNull();
    simulation.decide(1, Decision.APPROVED);
    simulation.look(4);
    assertThat(simulation.release.workers()).containsExactly("WORKER_001");
  }

  @Test
  void stopOnFailureHoldsTheNextWave() {
    var simulation = simulation(plan(false, FailurePolicy.STOP));
    simulation.look(4);
    simulation.settle("WORKER_001", WorkerPhase.FAILED);
    simulation.look(4);
    assertThat(simulation.release.isHeldBy(Hold.Kind.STOPPED)).isTrue();
    assertThat(released(simulation, 2)).isFalse();
  }

  @Test
  void oneFailingWorkerBlocksItsDependentsAndNobodyElse() {
    var workers =
        List.of(
            planned("WORKER_001", 1),
            planned("WORKER_002", 1, "WORKER_001"),
            planned("WORKER_003", 2, "WORKER_002"),
            planned("WORKER_004", 1));
    var simulation = simulation(plan(workers, false, FailurePolicy.CONTINUE));
    simulation.look(8);
    simulation.settle("WORKER_001", WorkerPhase.FAILED);
    assertThat(simulation.state.member("WORKER_002").phase()).isEqualTo(WorkerPhase.BLOCKED);
    assertThat(simulation.state.member("WORKER_003").phase()).isEqualTo(WorkerPhase.BLOCKED);
    assertThat(simulation.state.member("WORKER_004").phase()).isEqualTo(WorkerPhase.RUNNING);
  }

  @Test
  void cancellingARunEndsItOnceThoseUnderWayHaveEnded() {
    var simulation = simulation(plan(false, FailurePolicy.CONTINUE));
    simulation.look(4);
    simulation.persist(List.of(new RunCancelled(List.of(), "operator", Simulation.T0)));
    assertThat(simulation.state.finished()).isFalse();
    simulation.settle("WORKER_001", WorkerPhase.CANCELLED);
    assertThat(simulation.state.ending()).isEqualTo(RunPhase.CANCELLED);
    assertThat(simulation.state.finished()).isTrue();
  }

  @Test
  void aPausedRunReleasesNothing() {
    var simulation = simulation(plan(false, FailurePolicy.CONTINUE));
    simulation.persist(List.of(new RunPaused(List.of(), "operator", Simulation.T0)));
    simulation.look(4);
    assertThat(simulation.release.workers()).isEmpty();
    assertThat(RunStatuses.phase(simulation.state, simulation.live, simulation.release, false))
        .isEqualTo(RunPhase.PAUSED);
  }

  @Test
  void aPlanMayBeStricterThanTheNode() {
    var view = Nodes.view(4, 50);
    assertThat(Headroom.of(view, null).capacity()).isEqualTo(8);
    assertThat(Headroom.of(view, new HeadroomLimits(40, 85, 90)).reasons())
        .containsExactly("node-a CPU 50.0% ≥ 40% of the wave plan");
  }

  @Test
  void whoTalksWithAModelTakesNoPlaceAndIsBoundByTheWaveAlone() {
    var workers = LongStream.rangeClosed(1, 400).mapToObj(n -> planned("W" + n, 1)).toList();
    var simulation = simulation(plan(workers, false, FailurePolicy.CONTINUE));
    var talking = 0;
    while (true) {
      simulation.look(6);
      var released = simulation.release.workers();
      if (released.isEmpty()) break;
      released.forEach(it -> simulation.says(it, WorkerPhase.RUNNING, "node-a", true));
      talking += released.size();
    }
    assertThat(talking).isEqualTo(100);
    assertThat(simulation.release.isHeldBy(Hold.Kind.PARALLEL)).isTrue();
  }

  @Test
  void whoWaitsForItsNextTryTakesNoPlaceButCountsInItsWave() {
    var workers = LongStream.rangeClosed(1, 400).mapToObj(n -> planned("W" + n, 1)).toList();
    var simulation = simulation(plan(workers, false, FailurePolicy.CONTINUE));
    var waiting = 0;
    while (true) {
      simulation.look(6);
      var released = simulation.release.workers();
      if (released.isEmpty()) break;
      released.forEach(it -> simulation.says(it, WorkerPhase.BACKOFF, "node-a"));
      waiting += released.size();
    }
    assertThat(waiting).isEqualTo(100);
    assertThat(simulation.release.isHeldBy(Hold.Kind.PARALLEL)).isTrue();
  }

  @Test
  void noMoreAreReleasedThanTheNodesTake() {
    var workers = LongStream.rangeClosed(1, 50).mapToObj(n -> planned("W" + n, 1)).toList();
    var simulation = simulation(plan(workers, false, FailurePolicy.CONTINUE));
    simulation.look(6);
    assertThat(simulation.release.workers()).hasSize(6);
    simulation.look(6);
    assertThat(simulation.release.workers()).isEmpty();
    assertThat(simulation.release.isHeldBy(Hold.Kind.PARALLEL)).isTrue();
  }

  private static boolean released(Simulation simulation, int wave) {
    return simulation.state.waves().tailMap(wave).firstEntry().getValue().released();
  }

  private static Simulation simulation(RunPlan plan) {
    return new Simulation(plan, new SplittableRandom(0));
  }
}
