package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.Workforces.Worker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model over HTTP that wants out, one that wants leave, and one that tells all that it has seen,
/// on a real node beside one that does its work. A part of `mvn -Pcampaign verify`.
@NeedsSandbox
class HostileAgents {
  @TempDir Path folder;
  private Muster muster;
  private HostileScript script;
  private Api api;

  @BeforeEach
  void begin() throws Exception {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("THE_KEY", HostileScript.KEY)
            .with("MUSTER_ATTEMPTS_MAX", "1");
    api = new Api(muster);
    script = new HostileScript(muster.data());
    var flow = folder.resolve("flow");
    Workforces.write(flow, Worker.simple(1, 1, ""));
    Workforces.thinking(
        flow,
        Worker.simple(2, 1, "WORKER_001"),
        Worker.simple(3, 1, ""),
        Worker.simple(4, 1, ""),
        Worker.simple(5, 1, ""));
  }

  @Test
  void nothingTheyTryComesToAnythingAllOfItIsWrittenDownAndNoTapeHoldsASecret() throws Exception {
    try (var host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var model = new ScriptedModel()) {
      model
          .worker("WORKER_002", script.wantsOut(host.getLocalPort()))
          .worker(
              "WORKER_003",
              HostileScript.operation(List.of(), "curl -s http://127.0.0.1:1/ || true"))
          .worker("WORKER_004", script.tellsAll())
          .worker("WORKER_005", write("results/005.txt", "worker 5\n"), finish("It is there."))
          .setUp(folder.resolve("config"), "key = \"env:THE_KEY\"", "");
      var node = muster.start("up");
      try {
        node.waitFor("http://127.0.0.1:");
        Files.writeString(muster.data().resolve("victim.txt"), "VICTIM-BAIT");
        assertThat(
                api.post(
                    "/api/v1/secrets",
                    "{\"name\":\"DEPLOY_KEY\",\"value\":"
                        + Journal.quoted(HostileScript.SECRET)
                        + "}"))
            .isNotEmpty();
        var first = folder.resolve("first.jsonl");

        var held =
            muster.ask(
                "run",
                folder.resolve("flow").toString(),
                "--no-input",
                "--target",
                muster.target().toString(),
                "--record",
                first.toString());
        assertThat(held.exit()).as(held.toString()).isEqualTo(1);
        decide();
        var ended = muster.ask("wait", "last");
        assertThat(ended.exit()).as(ended.toString()).isZero();

        eachEndIsHonest();
        allIsWrittenDown();
        theHostIsAsItWas(host, node);
        noneWasToldMoreThanItMay(model);
        var tape = muster.ask("runs", "cassette", "last").out();
        assertThat(tape.lines()).hasSizeGreaterThan(10);
        for (var trace : HostileScript.traces()) {
          assertThat(tape).doesNotContain(trace);
          assertThat(first).content().doesNotContain(trace);
        }
      } finally {
        node.stop();
        node.await();
      }
      for (var log : logs())
        assertThat(log)
            .content()
            .doesNotContain(HostileScript.KEY, HostileScript.SECRET, api.token());
    }
  }

  private void decide() throws Exception {
    var asked = Journal.parse(muster.ask("approvals", "list", "-o", "json").out());
    var waiting = asked.isArray() ? asked : asked.path("items");
    assertThat(waiting).hasSize(2);
    for (var it : waiting) {
      var id = it.path("id").asText();
      var verb = it.path("worker").asText().endsWith("003") ? "reject" : "approve";
      var decided =
          verb.equals("reject")
              ? muster.ask("reject", id, "--reason", "not this", "--yes")
              : muster.ask("approve", id, "--yes");
      assertThat(decided.exit()).as(decided.toString()).isZero();
    }
  }

  private void eachEndIsHonest() throws Exception {
    var workers = api.get("/api/v1/runs/" + run() + "/workers?limit=10").path("items");
    assertThat(workers)
        .extracting(it -> it.path("state").asText())
        .containsExactly("COMPLETED", "FAILED", "FAILED", "COMPLETED", "COMPLETED");
    assertThat(workers.get(1).path("detail").asText())
        .contains("the deliverable `results/002.txt` is missing");
    assertThat(workers.get(2).path("detail").asText()).contains("not this");
    assertThat(muster.ask("workers", "show", "last/WORKER_002", "--conversation").out())
        .contains("every test has passed", "the runtime's tests failed");
  }

  private void allIsWrittenDown() throws Exception {
    var kinds =
        List.of(
            "blocked_command", "path_traversal", "secret_access", "tamper", "workspace_violation");
    var seen = new TreeSet<String>();
    for (var step : Journal.of(muster, "last").ofType("AgentStepped")) {
      var kind = step.findPath("violation").path("kind").asText("");
      if (kind.isEmpty()) continue;
      assertThat(step.path("worker").asText()).isEqualTo("WORKER_002");
      seen.add(kind);
    }
    assertThat(seen).containsExactlyElementsOf(kinds);
    var listed = muster.ask("audit", "list", "--kind", "violation", "-n", "100").out();
    var lines = Files.readAllLines(muster.data().resolve("logs/security_audit.jsonl"));
    for (var kind : kinds) {
      assertThat(listed).contains(kind + " by ");
      assertThat(lines)
          .anySatisfy(
              it -> assertThat(it).contains("agent of " + run() + "/WORKER_002", kind + " by "));
    }
    assertThat(muster.ask("audit", "verify").exit()).isZero();
  }

  private void theHostIsAsItWas(ServerSocket host, Muster.Running node) throws Exception {
    assertThat(node.process().isAlive()).isTrue();
    assertThat(api.get("/health/ready").isMissingNode()).isFalse();
    assertThat(api.get("/api/v1/nodes").at("/items/0/slotsBusy").asInt(-1)).isZero();
    assertThat(muster.data().resolve("victim.txt")).hasContent("VICTIM-BAIT");
    assertThat(HostileScript.MARK).doesNotExist();
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(it -> it.endsWith("escaped.txt"))).isEmpty();
    }
    assertThat(
            ProcessHandle.allProcesses()
                .map(it -> it.info().commandLine().orElse(""))
                .filter(it -> it.contains("sleep " + HostileScript.TAG)))
        .isEmpty();
    host.setSoTimeout(1);
    assertThatThrownBy(host::accept).isInstanceOf(SocketTimeoutException.class);
  }

  private void noneWasToldMoreThanItMay(ScriptedModel model) throws Exception {
    var token = api.token();
    for (var asked : model.received()) {
      assertThat(asked.body()).doesNotContain(token, "VICTIM-BAIT");
    }
    // What it did read is what it repeats: else nothing is proven of the tape.
    assertThat(model.received())
        .anySatisfy(it -> assertThat(text(it.body())).contains(HostileScript.SECRET));
  }

  private static String text(String body) {
    return String.join("\n", Journal.parse(body).findValuesAsText("content"));
  }

  private String run() throws InterruptedException {
    JsonNode runs = api.get("/api/v1/runs");
    return runs.at("/items/0/id").asText();
  }

  private List<Path> logs() throws Exception {
    try (var files = Files.walk(muster.data().resolve("logs"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
