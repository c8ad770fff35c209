package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int RESUMED_KILLS = Integer.getInteger("crash.kills", 2);

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
    var last = muster.run("resume", "--no-input");
    assertThat(last.exit()).as("seed %d: %s", seed, last).isZero();

    var journal = Journal.of(muster, "last");
    assertThat(journal.completed()).hasSize(WORKERS).doesNotHaveDuplicates();
    for (var wave = 2; wave <= 3; wave++) {
      assertThat(journal.firstSeq("WaveReleased", wave))
          .isGreaterThan(journal.firstSeq("WaveSettled", wave - 1));
    }
    assertThat(journal.ofType("RunFinished")).hasSize(1);
  }

  @Test
  void anOperationWhoseOutcomeIsUnknownIsCheckedAndNotRepeated() throws Exception {
    var muster = new Muster(folder);
    // The effect happens at once, and then the operation lingers: the plug is pulled in between.
    var gated =
        Workforces.block(
            "operation=production_deploy writes=\"site\" check=\"test -s site/log\"",
            "mkdir -p results\necho ok > results/001.txt\n"
                + "echo effect >> \"$MUSTER_TARGET/site/log\"\nsleep 8");
    var worker =
        new Worker(
            1,
            1,
            "",
            "results/001.txt",
            gated + Workforces.block("mkdir -p results\necho ok > results/001.txt"),
            "test -s results/001.txt");
    var workforce = Workforces.write(folder.resolve("gated"), worker).toString();
    var target = muster.target();

    var first =
        muster.start(
            "run", workforce, "--no-input", "--approve", "all", "--target", target.toString());
    var log = target.resolve("site/log");
    for (var i = 0; i < 600 && !Files.exists(log); i++) Thread.sleep(50);
    assertThat(log).exists();
    first.kill();

    var resumed = muster.run("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isZero();
    assertThat(Files.readAllLines(log)).containsExactly("effect");
    var outcomes = Journal.of(muster, "last").ofType("OutcomeRecorded");
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().at("/outcome/checked").asBoolean()).isTrue();
  }

  @Test
  void anUnknownOutcomeThatNothingCanCheckIsAskedAboutAndNeverAnsweredByPolicy() throws Exception {
    var muster = new Muster(folder);
    var gated =
        Workforces.block(
            "operation=production_deploy writes=\"site\"",
            "echo effect >> \"$MUSTER_TARGET/site/log\"\nsleep 8");
    var worker =
        new Worker(
            1,
            1,
            "",
            "results/001.txt",
            gated + Workforces.block("mkdir -p results\necho ok > results/001.txt"),
            "test -s results/001.txt");
    var workforce = Workforces.write(folder.resolve("gated"), worker).toString();
    var target = muster.target();

    var first =
        muster.start(
            "run", workforce, "--no-input", "--approve", "all", "--target", target.toString());
    var log = target.resolve("site/log");
    for (var i = 0; i < 600 && !Files.exists(log); i++) Thread.sleep(50);
    first.kill();

    var held = muster.run("resume", "--no-input");
    assertThat(held.exit()).as(held.toString()).isEqualTo(6);
    assertThat(Files.readAllLines(log)).containsExactly("effect");
    var pending = Journal.parse(muster.ask("approvals", "list", "-o", "json").out());
    assertThat(pending.at("/items/0/mayHaveRun").asBoolean()).isTrue();
  }

  @Test
  void killingTheProcessLeavesNoChildBehind() throws Exception {
    var muster = new Muster(folder);
    var marker = "muster-orphan-" + ProcessHandle.current().pid();
    var worker =
        new Worker(
            1,
            1,
            "",
            "results/001.txt",
            Workforces.block(
                "bash -c 'exec -a %s sleep 300' & setsid sleep 301 & sleep 302".formatted(marker)),
            "test -s results/001.txt");
    var workforce = Workforces.write(folder.resolve("slow"), worker).toString();
    var first =
        muster.start("run", workforce, "--no-input", "--target", muster.target().toString());
    for (var i = 0; i < 600 && processes(marker) == 0; i++) Thread.sleep(50);
    assertThat(processes(marker)).isPositive();

    first.kill();
    for (var i = 0; i < 100 && processes(marker) > 0; i++) Thread.sleep(50);
    assertThat(processes(marker)).isZero();
  }

  private static long processes(String marker) throws Exception {
    var process =
        new ProcessBuilder("pgrep", "-fc", "^" + marker).redirectErrorStream(true).start();
    return Long.parseLong(
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }
}
