package dev.muster.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.rig.NodeProcess;
import dev.muster.e2e.rig.Operator;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator tells one orchestrator holds when the other dies at that moment, whichever of
/// the two carried the run.
class Survivors {
  private static final int LONGER_THAN_A_TAKEOVER = 30;

  @TempDir static Path folder;
  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = new Scene(new Rig(folder, 2, 1, 4));
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

  @ParameterizedTest
  @ValueSource(strings = {"o1", "o2"})
  void pausedWhileTheOtherDiesAndContinuedAfterwards(String victim) throws Exception {
    var run = launched(victim);
    tellTheSurvivorWhileItDies(victim, run, "pause");
    scene.awaitRow(run, "RunPaused");
    scene.await("every worker pauses", () -> scene.count(run, "Paused") == 2);
    Thread.sleep(1_000);
    assertThat(scene.count(run, "Completed")).isZero();
    assertThat(operator(victim).control(run, "resume").good()).isTrue();
    scene.awaitEnd(run);
    assertThat(scene.count(run, "Completed")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o1", "o2"})
  void cancelledWhileTheOtherDies(String victim) {
    var run = launched(victim);
    tellTheSurvivorWhileItDies(victim, run, "cancel");
    scene.awaitEnd(run);
    assertThat(scene.count(run, "Cancelled")).isEqualTo(2);
    assertThat(scene.count(run, "Completed")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"o1", "o2"})
  void retriedWhileTheOtherDies(String victim) {
    var approvals = scene.launch("none", Scene.gated(1, 0, 0));
    var refused = scene.pending(approvals);
    scene.rig().operator().reject(refused);
    scene.awaitEnd(approvals);
    assertThat(scene.count(approvals, "Failed")).isOne();

    var dying = kill(victim);
    assertThat(operator(victim).control(approvals, "retry", "WORKER_001").good()).isTrue();
    join(dying);
    scene.await("it is asked again", () -> scene.count(approvals, "ApprovalRequested") == 2);
    assertThat(operator(victim).approve(scene.pending(approvals)).good()).isTrue();
    scene.await("completed", () -> scene.count(approvals, "Completed") == 1);
    assertThat(scene.effects(approvals)).hasSize(1);
  }

  private static String launched(String victim) {
    // Half of the runs are created by the one that is to die.
    var run =
        operator(victim).launch(scene.workforce(slow(1), slow(2)), scene.rig().target(), "none");
    scene.await("both run", () -> scene.count(run, "AttemptStarted") == 2);
    return run;
  }

  private static Worker slow(int number) {
    return Scene.slow(number, LONGER_THAN_A_TAKEOVER);
  }

  private static void tellTheSurvivorWhileItDies(String victim, String run, String action) {
    var dying = kill(victim);
    var answer = operator(victim).control(run, action);
    assertThat(answer.good()).as("%s", answer).isTrue();
    join(dying);
  }

  private static Thread kill(String victim) {
    return Thread.ofVirtual().start(() -> scene.rig().node(victim).kill());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Operator operator(String victim) {
    return scene.rig().operator(victim.equals("o1") ? "o2" : "o1");
  }
}
