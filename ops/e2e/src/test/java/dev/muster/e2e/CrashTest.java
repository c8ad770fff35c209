package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.e2e.Workforces.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pulls the plug on a real process, again and again.
@NeedsSandbox
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
  private static final int WORKERS = 30;

  /// After that of the first process; the campaign has more.
  private static final int RESUMED_KILLS = Integer.getInteger("crash.kills", 1);

  private static final Duration ALL_STAND_WITHIN = Duration.ofMinutes(2);
  private static final Duration NO_CHILD_AFTER = Duration.ofSeconds(30);

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("crash.seeds", 1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRunKilledAtRandomMomentsLosesNothingAndDoublesNothing(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    var muster = new Muster(folder);
    var workers =
        IntStream.rangeClosed(1, WORKERS)
            .mapToObj(n ->
                Worker.simple(
                    n, 1 + (n - 1) / 10, n > 10 ? "WORKER_" + "%03d".formatted(n - 10) : ""))
            .toArray(Worker[]::new);
    var workforce = Workforces.write(folder.resolve("crash"), workers).toString();
    var target = muster.target().toString();

    var first =
        muster.start("run", workforce, "--no-input", "--approve", "all", "--target", target);
    first.waitFor("workers in");
    Thread.sleep(random.nextInt(0, 4_000));
    first.kill();
    for (var kill = 0; kill < RESUMED_KILLS; kill++) {
      var next = muster.start("resume", "--no-input");
      // Also while it is still starting.
      if (random.nextInt(4) > 0) next.waitFor("Carrying on");
      Thread.sleep(random.nextInt(0, 3_000));
      next.kill();
    }
    var last = muster.ask("resume", "--no-input");
    assertThat(last.exit()).as("seed %d: %s", seed, last).isZero();

    var journal = Journal.of(muster, "last");
    assertThat(journal.completed()).hasSize(WORKERS).doesNotHaveDuplicates();
    for (var wave = 2; wave <= 3; wave++) {
      assertThat(journal.firstSeq("WaveReleased", wave))
          .isGreaterThan(journal.firstSeq("WaveSettled", wave - 1));
    }
    assertThat(journal.ofType("RunFinished")).hasSize(1);
  }

  /// One kill, for a worker whose operation can be checked, one whose cannot, and one with
  /// children.
  @Test
  void whatIsUnknownAfterAKillIsCheckedOrAskedAboutNeverRepeatedAndNoChildIsLeftBehind()
      throws Exception {
    var muster = new Muster(folder);
    var marker = "muster-orphan-" + ProcessHandle.current().pid();
    var workforce =
        Workforces.write(
                folder.resolve("killed"),
                publishing(1, "checked", " check=\"test -s checked/log\""),
                publishing(2, "asked", ""),
                parent(3, marker))
            .toString();
    var target = muster.target();
    var first =
        muster.start(
            "run", workforce, "--no-input", "--approve", "all", "--target", target.toString());
    var checked = target.resolve("checked/log");
    var asked = target.resolve("asked/log");
    await()
        .atMost(ALL_STAND_WITHIN)
        .until(() -> Files.exists(checked) && Files.exists(asked) && processes(marker) > 0);

    first.kill();

    await().atMost(NO_CHILD_AFTER).until(() -> processes(marker) == 0);
    Files.createFile(target.resolve("again"));
    var resumed = muster.ask("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isEqualTo(6);
    assertThat(Files.readAllLines(checked)).containsExactly("effect");
    assertThat(Files.readAllLines(asked)).containsExactly("effect");
    var journal = Journal.of(muster, "last");
    assertThat(journal.completed()).containsExactlyInAnyOrder("WORKER_001", "WORKER_003");
    var outcomes = journal.ofType("OutcomeRecorded");
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().at("/outcome/checked").asBoolean()).isTrue();
    // No policy answers it, though all was approved.
    var pending = Journal.parse(muster.ask("approvals", "list", "-o", "json").out()).path("items");
    assertThat(pending).hasSize(1);
    assertThat(pending.at("/0/worker").asText()).isEqualTo("WORKER_002");
    assertThat(pending.at("/0/mayHaveRun").asBoolean()).isTrue();
  }

  /// The effect happens at once, and then the operation lingers: the plug is pulled in between.
  private static Worker publishing(int number, String folder, String check) {
    var simple = Worker.simple(number, 1, "");
    var gated =
        Workforces.block(
            "operation=production_deploy writes=\"%s\"%s".formatted(folder, check),
            "echo effect >> \"$MUSTER_TARGET/%s/log\"\nsleep 300".formatted(folder));
    return new Worker(
        number, 1, "", simple.deliverable(), gated + simple.execution(), simple.test());
  }

  /// Has children of all kinds until it is carried out once more.
  private static Worker parent(int number, String marker) {
    var simple = Worker.simple(number, 1, "");
    var children =
        """
        if ! [ -e "$MUSTER_TARGET/again" ]; then
          bash -c 'exec -a %s sleep 300' & setsid bash -c 'exec -a %s sleep 301' & sleep 302
        fi
        """
            .formatted(marker, marker);
    return new Worker(
        number,
        1,
        "",
        simple.deliverable(),
        Workforces.block(children) + simple.execution(),
        simple.test());
  }

  private static long processes(String marker) throws Exception {
    var process =
        new ProcessBuilder("pgrep", "-fc", "^" + marker).redirectErrorStream(true).start();
    return Long.parseLong(
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }
}
