package dev.muster.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.check.Effect;
import dev.muster.e2e.rig.NodeProcess;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The gate when processes die around it: what was decided holds, and what happened happened once.
class GateUnderCrash {
  @TempDir static Path folder;
  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = new Scene(new Rig(folder, 2, 2, 4));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @AfterEach
  void nothingIsBrokenAndAllNodesAreBack() {
    scene.rig().nodes().forEach(NodeProcess::start);
    assertThat(scene.broken()).isEqualTo(List.of());
  }

  @Test
  void approvalsThatWerePendingWhenEveryOrchestratorDiedAreDecidedAfterTheRestart() {
    var run = scene.launch("none", Scene.gated(1, 0, 0));
    var approval = scene.pending(run);
    orchestrators().forEach(NodeProcess::kill);
    orchestrators().forEach(NodeProcess::start);
    assertThat(scene.rig().operator().approve(approval).good()).isTrue();
    completedWithOneEffect(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o1", "o2"})
  void anApprovalIsGivenToTheSurvivorWhileTheOtherOrchestratorIsGone(String victim) {
    var run = scene.launch("none", Scene.gated(1, 0, 0));
    var approval = scene.pending(run);
    scene.rig().node(victim).kill();
    var survivor = victim.equals("o1") ? "o2" : "o1";
    assertThat(scene.rig().operator(survivor).approve(approval).good()).isTrue();
    completedWithOneEffect(run);
  }

  @Test
  void aRejectionHoldsWhateverDiesAfterIt() {
    var run = scene.launch("none", Scene.gated(1, 0, 0));
    var approval = scene.pending(run);
    assertThat(scene.rig().operator().reject(approval).good()).isTrue();
    scene.rig().nodes().parallelStream().forEach(NodeProcess::kill);
    scene.rig().nodes().forEach(NodeProcess::start);
    scene.awaitEnd(run);
    assertThat(scene.count(run, "Failed")).isOne();
    assertThat(scene.count(run, "PermitConsumed")).isZero();
    assertThat(scene.effects(run)).isEmpty();
  }

  @Test
  void whatWasDecidedIsCarriedOutOnceWhenEverythingDiesBeforeTheExecution() {
    var run = scene.launch("none", Scene.gated(1, 0, 0));
    var approval = scene.pending(run);
    assertThat(scene.rig().operator().approve(approval).good()).isTrue();
    scene.rig().nodes().parallelStream().forEach(NodeProcess::kill);
    scene.rig().nodes().forEach(NodeProcess::start);
    completedWithOneEffect(run);
  }

  @Test
  void anEffectWhoseRecordWasLostWithItsNodeIsFoundAndNotRepeated() {
    var run = scene.launch("all", Scene.gated(1, 0, 6));
    scene.await("the effect of " + run, () -> !scene.effects(run).isEmpty());
    scene.rig().nodes().parallelStream().forEach(NodeProcess::kill);
    assertThat(scene.count(run, "OutcomeRecorded")).isZero();
    scene.rig().nodes().forEach(NodeProcess::start);
    completedWithOneEffect(run);
  }

  @Test
  void anOperationThatDiedBeforeItsEffectIsCarriedOutAgain() {
    var run = scene.launch("all", Scene.gated(1, 6, 0));
    scene.awaitRow(run, "PermitConsumed");
    workers().forEach(NodeProcess::kill);
    assertThat(scene.effects(run)).isEmpty();
    workers().forEach(NodeProcess::start);
    completedWithOneEffect(run);
  }

  @Test
  void anOutcomeThatNoOrchestratorCanTakeIsRecordedWhenOneIsBack() throws Exception {
    var run = scene.launch("all", Scene.gated(1, 0, 3));
    scene.await("the effect of " + run, () -> !scene.effects(run).isEmpty());
    orchestrators().forEach(NodeProcess::kill);
    Thread.sleep(4_000);
    orchestrators().forEach(NodeProcess::start);
    completedWithOneEffect(run);
  }

  private static List<NodeProcess> orchestrators() {
    return scene.rig().orchestratorNames().stream().map(scene.rig()::node).toList();
  }

  private static List<NodeProcess> workers() {
    return scene.rig().workerNames().stream().map(scene.rig()::node).toList();
  }

  private static void completedWithOneEffect(String run) {
    scene.awaitEnd(run);
    assertThat(scene.count(run, "Completed")).isOne();
    assertThat(scene.effects(run)).extracting(Effect::worker).containsExactly("WORKER_001");
    assertThat(scene.count(run, "OutcomeRecorded")).isOne();
  }
}
