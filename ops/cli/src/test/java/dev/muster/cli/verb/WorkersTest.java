package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {
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
  void theWorkersOfARun() {
    bench
        .nodeRuns()
        .node
        .run("run_1", run("FAILED", 1, 1, 0, 0))
        .workers("run_1", worker("WORKER_001", "COMPLETED", "").put("weak", true))
        .text("/api/v1/runs/run_1/workers/WORKER_001/log", "hello\n");
    assertThat(bench.muster("workers", "list")).isZero();
    assertThat(bench.out()).contains("COMPLETED (weak)");
    assertThat(bench.muster("workers", "log", "WORKER_001")).isZero();
    assertThat(bench.out()).isEqualTo("hello\n");
    assertThat(bench.muster("workers", "show", "run_1/WORKER_009")).isEqualTo(3);
  }

  @Test
  void aWorkerSaysWhoVouchesForItsVerdict() {
    var signed = worker("WORKER_001", "COMPLETED", "");
    signed.putObject("receipt").putObject("signature").put("words", "signed by a\nb, holds");
    var unjudged = worker("WORKER_002", "RUNNING", "");
    unjudged.putNull("receipt");
    var ofBefore = worker("WORKER_003", "COMPLETED", "");
    ofBefore.putObject("receipt").put("passed", true);
    bench
        .nodeRuns()
        .node
        .run("run_1", run("RUNNING", 1, 0, 0, 0))
        .workers("run_1", signed, unjudged, ofBefore);
    assertThat(bench.muster("workers", "show", "WORKER_001")).isZero();
    assertThat(bench.out()).contains("  receipt  signed by a").contains("b, holds\n");
    assertThat(bench.out().lines().filter(it -> it.contains("holds"))).hasSize(1);
    for (var id : List.of("WORKER_002", "WORKER_003")) {
      assertThat(bench.muster("workers", "show", id)).isZero();
      assertThat(bench.out()).doesNotContain("receipt");
    }
  }
}
