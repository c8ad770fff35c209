package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.StubNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `workers log --follow`.
class LogFollowTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aLogIsFollowedFromTryToTryUntilItsWorkerHasSettled() {
    var log = "/api/v1/runs/run_1/workers/WORKER_001/log?attempt=";
    var worker = worker("WORKER_001", "ENLISTED", "").put("attempt", 0);
    var node = bench.nodeRuns().node;
    node.run("run_1", run("RUNNING", 1, 0, 0, 1)).workers("run_1", worker);
    var looks =
        new ArrayDeque<Runnable>(
            List.of(
                () -> worker.put("attempt", 1),
                () -> node.text(log + 1, "=== block 1\none"),
                () -> node.text(log + 1, "=== block 1\none\ntwo\n"),
                () -> {},
                () -> {
                  worker.put("attempt", 3);
                  node.text(log + 1, "=== block 1\none\ntwo\nlast\n");
                  node.text(log + 2, "lost");
                },
                () -> {
                  worker.put("state", "COMPLETED");
                  node.text(log + 3, "again\n");
                }));
    bench.onSleep = () -> looks.pop().run();
    assertThat(bench.muster("workers", "log", "-f", "run_1/WORKER_001")).isZero();
    assertThat(bench.out()).isEqualTo("=== block 1\none\ntwo\nlast\nlost\nagain\n");
    assertThat(bench.err().lines())
        .containsExactly(
            "attempt 1 has printed nothing yet",
            "Attempt 2:",
            "Attempt 3:",
            "attempt 3 has printed nothing yet",
            "WORKER_001 is COMPLETED");
  }

  @Test
  void followingEndsInTimeAndWhereNothingWillHappen() throws Exception {
    var worker = worker("WORKER_001", "RUNNING", "");
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1)).workers("run_1", worker);
    bench.node.text("/api/v1/runs/run_1/workers/WORKER_001/log", "so far");
    Files.createDirectory(bench.data());
    assertThat(bench.muster("workers", "log", "-f", "WORKER_001")).isEqualTo(8);
    assertThat(bench.out()).isEqualTo("so far\n");
    assertThat(bench.err()).contains("muster resume run_1");
    bench.nodeRuns();
    assertThat(bench.muster("workers", "log", "-f", "WORKER_001", "--timeout", "5s")).isEqualTo(7);
    assertThat(bench.out()).isEqualTo("so far\n");
  }

  @Test
  void theEndOfALogIsReadWhenItsNodeHasEndedWithTheRun() {
    var log = "/api/v1/runs/run_1/workers/WORKER_001/log";
    bench
        .nodeRuns()
        .node
        .run("run_1", run("RUNNING", 1, 0, 0, 1))
        .workers("run_1", worker("WORKER_001", "RUNNING", ""))
        .text(log, "so far\n");
    try (var reading = new StubNode()) {
      bench.second = reading;
      reading.workers("run_1", worker("WORKER_001", "COMPLETED", ""));
      reading.run("run_1", run("COMPLETED", 1, 0, 0, 0)).text(log, "so far\nthe end\n");
      bench.onSleep = bench::nodeGoes;
      assertThat(bench.muster("workers", "log", "-f", "WORKER_001")).isZero();
    }
    assertThat(bench.out()).isEqualTo("so far\nthe end\n");
    assertThat(bench.hosted.getFirst().control()).isTrue();
  }
}
