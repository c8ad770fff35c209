package dev.muster.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The clock of one node jumps by an hour, either way: no deadline is kept early, none late, and no
/// work waits for a time that was never meant.
class ClockJumps {
  private static final Duration WAIT_MAX = Duration.ofSeconds(25);

  @TempDir static Path folder;
  private static Scene scene;

  @BeforeAll
  static void start() {
    var rig = new Rig(folder, 1, 2, 4);
    rig.nodes()
        .forEach(node ->
            node.by(WrongClock.class.getName())
                .with(WrongClock.VARIABLE, clock(node.name()).toString())
                .with("MUSTER_APPROVAL_WAIT_MAX", WAIT_MAX.toSeconds() + "s"));
    scene = new Scene(rig);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @AfterEach
  void clocksAreRightAgainAndNothingIsBroken() {
    scene.rig().nodes().forEach(node -> WrongClock.set(clock(node.name()), Duration.ZERO));
    assertThat(scene.broken()).isEqualTo(List.of());
  }

  private static Path clock(String node) {
    return folder.resolve("clock-" + node);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void aWorkerNodeWithAWrongClockCarriesItsWorkOut(String jump) {
    var workers = IntStream.rangeClosed(1, 16).mapToObj(n -> Scene.slow(n, 2));
    var run = scene.launch("none", workers.toArray(Worker[]::new));
    scene.awaitRow(run, "AttemptStarted");
    WrongClock.set(clock("w1"), Duration.parse(jump));
    scene.awaitEnd(run);
    assertThat(scene.count(run, "Completed")).isEqualTo(16);
    assertThat(scene.count(run, "AttemptFailed")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void aFailingWorkerIsTriedAgainInTimeOnANodeWithAWrongClock(String jump) {
    var failing =
        new Worker(
            1,
            1,
            "",
            "results/001.txt",
            Workforces.block("sleep 1\nfalse"),
            "test -s results/001.txt");
    WrongClock.set(clock("w1"), Duration.parse(jump));
    var run = scene.launch("none", failing);
    scene.awaitRow(run, "AttemptStarted");
    WrongClock.set(clock("w1"), Duration.parse(jump).negated());
    scene.await(
        "the third try fails", Duration.ofSeconds(40), () -> scene.count(run, "Failed") == 1);
    assertThat(scene.count(run, "AttemptStarted")).isEqualTo(3);
    scene.awaitEnd(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void anApprovalExpiresWhenItShouldOnAnOrchestratorWithAWrongClock(String jump)
      throws InterruptedException {
    var run = scene.launch("none", Scene.gated(1, 0, 0));
    scene.pending(run);
    WrongClock.set(clock("o1"), Duration.parse(jump));
    Thread.sleep(WAIT_MAX.toMillis() / 2);
    assertThat(scene.count(run, "ApprovalDecided")).as("not early").isZero();
    scene.await("it expires", WAIT_MAX, () -> scene.count(run, "ApprovalDecided") == 1);
    scene.awaitEnd(run);
    assertThat(scene.effects(run)).isEmpty();
  }
}
