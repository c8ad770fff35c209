package dev.muster.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.check.Rows;
import dev.muster.e2e.check.Takeover;
import dev.muster.e2e.check.TraceKeeper;
import dev.muster.e2e.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// How long the workers of a node that was killed wait for another: 75 on each of three nodes,
/// default timing.
class FailoverTime {
  private static final int WORKERS = 225;

  /// Two nodes must have room for what three had.
  private static final int SLOTS = 150;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path FILE = Path.of("target", "failover-report.md");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void theWorkersOfAKilledNodeRunElsewhere() throws Exception {
    var workers =
        IntStream.rangeClosed(1, WORKERS).mapToObj(FailoverTime::sleeper).toArray(Worker[]::new);
    var workforce = Workforces.write(folder.resolve("sleepers"), workers);
    try (var rig = new Rig(folder, 1, 3, SLOTS);
        var traces = new TraceKeeper(rig.dataFolders(), folder.resolve("traces"))) {
      rig.start();
      Ready.await(rig);
      rig.operator().launch(workforce, rig.target(), "none");
      awaitRunning(rig, Instant.EPOCH, "", WORKERS);
      // Until the last sandboxes are up.
      Thread.sleep(3_000);
      var victim =
          rig.workerNames().stream()
              .max(Comparator.comparingLong(node -> Takeover.runningOn(rows(rig), node)))
              .orElseThrow();
      var count = (int) Takeover.runningOn(rows(rig), victim);
      var killedAt = Instant.now();
      rig.node(victim).kill();
      awaitRunning(rig, killedAt, victim, count);
      var takeover = awaitTakeover(rig, traces, victim, killedAt);
      report(
          takeover
              + "By its orchestrator: "
              + Milestones.of(rig.node("o1").data(), killedAt)
              + "\n");
      assertThat(takeover.workers()).isGreaterThan(40);
    }
  }

  private static Worker sleeper(int number) {
    var file = "results/%03d.txt".formatted(number);
    var script =
        "echo \"$EPOCHREALTIME\" > trace\nsleep 600\nmkdir -p results\necho done > " + file;
    return new Worker(number, 1, "", file, Workforces.block(script), "test -s " + file);
  }

  private static void awaitRunning(Rig rig, Instant after, String not, int count)
      throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (Takeover.startedAfter(rows(rig), after, not) < count) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "expected %d workers to run, found %d\n%s"
                .formatted(count, Takeover.startedAfter(rows(rig), after, not), rig.said()));
      }
      Thread.sleep(500);
    }
  }

  /// The journal says that they were started; their own first words say that they run.
  private static Takeover awaitTakeover(
      Rig rig, TraceKeeper traces, String victim, Instant killedAt) throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      var takeover = Takeover.of(rows(rig), victim, killedAt, traces.traces());
      if (takeover != null) return takeover;
      Thread.sleep(500);
    }
    throw new AssertionError("not all workers ran elsewhere\n" + rig.said());
  }

  private static Rows rows(Rig rig) {
    try (var connection = rig.postgres().connect()) {
      return Rows.of(connection);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void report(String takeover) throws IOException {
    System.out.println(takeover);
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, takeover);
  }
}
