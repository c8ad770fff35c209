package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Workers that may write the same, and workers that need a model.
class WritingTest {
  private static Planned agent(int number, String... writes) {
    var id = "WORKER_%03d".formatted(number);
    return new Planned(id, id, 1, "d", List.of(), null, List.of(), true, List.of(writes));
  }

  private static Simulation simulation(Planned... workers) {
    return new Simulation(
        Plans.plan(List.of(workers), false, FailurePolicy.CONTINUE), new SplittableRandom(0));
  }

  private static List<String> words(Simulation simulation, Hold.Kind kind) {
    return simulation.release.holds().stream()
        .filter(hold -> hold.kind() == kind)
        .map(hold -> hold.subject() + " " + hold.reason())
        .toList();
  }

  @Test
  void whoMayWriteBelowWhatAnotherMayWaitsForItAndOthersGo() {
    var simulation =
        simulation(agent(1, "src/api"), agent(2, "src/api/a.py"), agent(3, "src/web"), agent(4));
    simulation.look(8);
    assertThat(simulation.release.workers())
        .containsExactly("WORKER_001", "WORKER_003", "WORKER_004");
    simulation.look(8);
    assertThat(words(simulation, Hold.Kind.WRITES))
        .containsExactly("WORKER_002 held: WORKER_001 may write src/api, too");
    assertThat(simulation.release.isHeldBy(Hold.Kind.PARALLEL)).isFalse();
    simulation.settle("WORKER_001", WorkerPhase.FAILED);
    simulation.look(8);
    assertThat(simulation.release.workers()).containsExactly("WORKER_002");
  }

  @Test
  void whoWaitsIsNotOvertakenByThoseWhoComeAfter() {
    var simulation = simulation(agent(1, "src/a"), agent(2, "src"), agent(3, "src/b"));
    simulation.look(8);
    assertThat(simulation.release.workers()).containsExactly("WORKER_001");
    simulation.look(8);
    assertThat(words(simulation, Hold.Kind.WRITES))
        .containsExactly(
            "WORKER_002 held: WORKER_001 may write in src, too",
            "WORKER_003 held: WORKER_002 may write src, too");
  }

  @Test
  void whoWaitsForADecisionStillHoldsWhatItMayWrite() {
    var simulation = simulation(agent(1, "src"), agent(2, "src"));
    simulation.look(8);
    simulation.says("WORKER_001", WorkerPhase.AWAITING_APPROVAL, "node-a");
    simulation.look(8);
    assertThat(simulation.release.workers()).isEmpty();
    assertThat(RunStatuses.phase(simulation.state, simulation.live, simulation.release, false))
        .isEqualTo(RunPhase.HELD);
  }

  @Test
  void whoNeedsAModelIsHeldWhileProvidersAreFullAndScriptsGo() {
    var full = "provider openai: 412 of 500 requests a minute used";
    var script = new Planned("WORKER_002", "b", 1, "d", List.of(), null);
    var simulation = simulation(agent(1), script);
    var room = new Headroom.Room("node-a", 8, List.of(), null, List.of());
    simulation.look(new Headroom(List.of(room), List.of(full)));
    assertThat(simulation.release.workers()).containsExactly("WORKER_002");
    assertThat(words(simulation, Hold.Kind.MODELS)).containsExactly("wave 1 " + full);
    simulation.settle("WORKER_002", WorkerPhase.COMPLETED);
    simulation.look(new Headroom(List.of(room), List.of(full)));
    assertThat(RunStatuses.phase(simulation.state, simulation.live, simulation.release, false))
        .isEqualTo(RunPhase.RUNNING);
    simulation.look(new Headroom(List.of(room)));
    assertThat(simulation.release.workers()).containsExactly("WORKER_001");
  }

  @Test
  void whoWaitsForModelsTakesNoPlaceAndIsToldOf() {
    var script = new Planned("WORKER_003", "c", 1, "d", List.of(), null);
    var simulation = simulation(agent(1), agent(2), script);
    simulation.look(1);
    assertThat(simulation.release.workers()).containsExactly("WORKER_001");
    simulation.parks("WORKER_001", "waits for a model, 500 of 500 requests a minute used");
    simulation.look(1);
    assertThat(simulation.release.workers()).containsExactly("WORKER_002");
    assertThat(simulation.holds())
        .contains(
            new Hold(
                1,
                "WORKER_001",
                Hold.Kind.MODELS,
                "waits for a model, 500 of 500 requests a minute used"));
    simulation.parks("WORKER_002", "waits for a model, nobody answers");
    simulation.look(1);
    assertThat(simulation.release.workers()).containsExactly("WORKER_003");
    assertThat(simulation.holds())
        .singleElement()
        .extracting(Hold::reason)
        .isEqualTo(
            "2 agents wait for models; WORKER_001 waits for a model, 500 of 500 requests a minute"
                + " used");
  }
}
