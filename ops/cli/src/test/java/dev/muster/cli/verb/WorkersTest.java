package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
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
  void aWorkerLeadsToWhatAnOperatorMayDoAboutIt() {
    var gated = worker("WORKER_001", "AWAITING_APPROVAL", "");
    gated.putArray("operations").add(operation("config_change", "apr_1"));
    var asks = worker("WORKER_002", "AWAITING_APPROVAL", "");
    asks.putArray("operations").add(operation("question", "apr_2"));
    bench
        .nodeRuns()
        .node
        .run("run_1", run("HELD", 1, 1, 0, 0))
        .workers("run_1", gated, asks, worker("WORKER_003", "FAILED", ""));
    assertThat(bench.muster("workers", "show", "WORKER_001")).isZero();
    assertThat(bench.out()).contains("muster approve apr_1").doesNotContain("retry");
    assertThat(bench.muster("workers", "show", "WORKER_002")).isZero();
    assertThat(bench.out()).contains("muster answer run_1/WORKER_002 TEXT");
    assertThat(bench.muster("workers", "show", "WORKER_003")).isZero();
    assertThat(bench.out()).contains("muster retry run_1 --worker WORKER_003");
  }

  private static ObjectNode operation(String kind, String approval) {
    var operation = Json.MAPPER.createObjectNode();
    return operation.put("kind", kind).put("approval", approval).putNull("decidedAt");
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
