package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A rehearsal executes nothing, so that nothing a machine is short of holds it up.
class RehearsalTest {
  private static final RunPlan PLAN = Plans.plan(false, FailurePolicy.CONTINUE);
  private static final RunPlan STRICT =
      new RunPlan("w", PLAN.waves(), PLAN.workers(), new HeadroomLimits(1, 1, 1));

  /// Every slot of it is taken by other runs, and its processors are busy.
  private static final ClusterView BUSY = new ClusterView(List.of(Nodes.busy(2)), 1);

  private static Release look(RunPlan plan, boolean rehearse, ClusterView view) {
    var settings =
        new RunSettings(
            "/f", "/t", "/r", List.of(), ApprovalPolicy.ALL, Duration.ofHours(1), rehearse, 3);
    var state = Carried.of(new RunCreated("run_1", plan, settings, Simulation.T0), plan);
    var outlook = new Outlook();
    outlook.see(view);
    return outlook.look(state, Simulation.T0);
  }

  @Test
  void aBusyMachineHoldsARunAndNoRehearsal() {
    assertThat(look(PLAN, false, BUSY).workers()).isEmpty();
    assertThat(look(PLAN, true, BUSY).workers()).containsExactly("WORKER_001");
  }

  @Test
  void stricterLimitsOfTheWavePlanDoNotHoldItEither() {
    assertThat(look(STRICT, false, Nodes.view(2, 9)).workers()).isEmpty();
    assertThat(look(STRICT, true, Nodes.view(2, 9)).workers()).containsExactly("WORKER_001");
  }

  @Test
  void aNodeThatIsAwayCannotRehearseAndTheHoldSaysWhy() {
    var silent = Nodes.busy(2).silenced("silent for more than 3 s");
    var release = look(PLAN, true, new ClusterView(List.of(silent), 1));
    assertThat(release.workers()).isEmpty();
    assertThat(release.holds())
        .anyMatch(hold -> hold.reason().contains("node-a silent for more than 3 s"));
    assertThat(look(PLAN, true, new ClusterView(List.of(), 0)).holds())
        .anyMatch(hold -> hold.reason().equals("no worker node has reported its headroom"));
  }
}
