package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  /// What Prometheus takes for a line.
  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+([{][a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*[}])? \\S+");

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(data);
    var journal = server.journal;
    journal.run(
        journal.created(planned("WORKER_001", 1), planned("WORKER_002", 2, "WORKER_001")),
        new HoldBegan(2, Hold.Kind.HEADROOM, "wave 2 held: node-a cpu 93.0% > 80%", journal.now()));
    journal.worker("WORKER_001", new AttemptStarted(1, "node-a", "x", journal.now()));
    server.gates.hold(RUN, "apr_0001_abc", operation("WORKER_001"));
    journal.later(90);
    // The tables are filled by whoever asks, and the figures ask nobody to.
    server.client.get("/api/v1/runs");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private List<String> lines() {
    var answer = server.as("prometheus", null, Role.VIEWER).get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    return answer.whole().body().lines().toList();
  }

  @Test
  void aMonitorIsToldWhatThereIsAndWhatIsHeld() {
    var lines = lines();
    assertThat(lines).allMatch(line -> LINE.matcher(line).matches());
    assertThat(lines)
        .contains(
            "muster_database_up 1",
            "muster_runs{state=\"RUNNING\"} 1",
            "muster_runs{state=\"FAILED\"} 0",
            "muster_workers{state=\"RUNNING\"} 1",
            "muster_workers{state=\"WAITING\"} 1",
            "muster_holds{kind=\"HEADROOM\"} 1",
            "muster_holds{kind=\"MODELS\"} 0",
            "muster_approvals{state=\"PENDING\"} 1",
            "muster_node_open{node=\"node-a\"} 1",
            "muster_node_open{node=\"node-b\"} 0",
            "muster_node_use_percent{node=\"node-a\",resource=\"cpu\"} 12.3",
            "muster_node_limit_percent{node=\"node-a\",resource=\"cpu\"} 80",
            "muster_reader_behind_events{reader=\"runs\"} 0",
            "muster_model_requests_total{provider=\"box\",result=\"success\"} 2",
            "muster_model_tokens_total{provider=\"box\",direction=\"in\"} 1000");
    var oldest = value(lines, "muster_approval_oldest_seconds");
    assertThat(oldest).isBetween(90.0, 3_600.0);
    assertThat(lines).anyMatch(it -> it.startsWith("jvm_memory_used_bytes{area=\"heap\"} "));
  }

  @Test
  void whatCallersWriteMakesNoLineMore() {
    for (var i = 0; i < 20; i++) {
      server.client.get("/api/v1/runs/run_of_nobody_" + i);
      server.client.get("/nowhere/" + i);
    }
    var lines = lines();
    assertThat(lines).noneMatch(it -> it.contains("nobody") || it.contains("nowhere"));
    assertThat(lines)
        .contains(
            "muster_http_request_seconds_count{method=\"GET\",path=\"/api/v1/runs/{run}\"} 20");
    assertThat(value(lines, "muster_http_responses_total{status=\"4xx\"}")).isEqualTo(40);
  }

  @Test
  void withoutItsDatabaseTheRestIsTold() {
    var caller = server.client;
    server.journal.close();
    var lines = caller.get("/metrics").whole().body().lines().toList();
    assertThat(lines).contains("muster_database_up 0");
    assertThat(lines).noneMatch(it -> it.startsWith("muster_runs"));
    assertThat(lines).contains("muster_node_open{node=\"node-a\"} 1");
  }

  private static double value(List<String> lines, String name) {
    var line = lines.stream().filter(it -> it.startsWith(name + " ")).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(name.length() + 1));
  }
}
