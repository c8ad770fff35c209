package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.session.Jvm;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.StubMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verbs against real processes that stand in for nodes; the database is nobody's.
class ClusterTest {
  private static final String DATABASE = "jdbc:postgresql://127.0.0.1:1/muster";

  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
    bench.onSleep = ClusterTest::sleep;
    bench.environment.put("MUSTER_PORT", "0");
    bench.environment.put("MUSTER_DATABASE_PASSWORD", "hush");
    bench.environment.put("PATH", "/usr/bin:/bin");
    bench.jvm =
        new Jvm(
            Path.of(System.getProperty("java.home", ""), "bin", "java"),
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            List.of(),
            System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", "")),
            StubMain.class.getName());
  }

  /// The bench's time runs faster than real processes start.
  private static void sleep() {
    try {
      Thread.sleep(60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    bench.muster("cluster", "down");
    bench.close();
  }

  private void up(String... more) {
    var line = new java.util.ArrayList<>(List.of("cluster", "up", "--db", DATABASE));
    line.addAll(List.of(more));
    assertThat(bench.muster(line.toArray(new String[0]))).as(() -> bench.err()).isZero();
  }

  private Map<String, JsonNode> status() {
    assertThat(bench.muster("cluster", "status", "-o", "json")).as(() -> bench.err()).isZero();
    var found = new HashMap<String, JsonNode>();
    for (var node : Json.parse(bench.out(), "status").path("nodes")) {
      found.put(node.path("name").asText(), node);
    }
    return found;
  }

  private static long pid(Map<String, JsonNode> status, String name) {
    var node = status.get(name);
    return node == null ? -1 : node.path("pid").asLong(-1);
  }

  private static String state(Map<String, JsonNode> status, String name) {
    var node = status.get(name);
    return node == null ? "" : node.path("status").asText();
  }

  @Test
  void aNodeIsKilledAndComesBackAsTheSame() {
    up("--workers", "2");
    var before = status();
    assertThat(before.keySet()).containsExactlyInAnyOrder("orchestrator-1", "worker-1", "worker-2");
    assertThat(state(before, "worker-1")).isEqualTo("UP");

    assertThat(bench.muster("cluster", "kill", "worker-1")).isZero();
    var killed = status();
    assertThat(state(killed, "worker-1")).isEqualTo("DOWN");
    assertThat(pid(killed, "worker-1")).isEqualTo(-1);
    assertThat(pid(killed, "worker-2")).isEqualTo(pid(before, "worker-2"));
    assertThat(bench.muster("cluster", "kill", "worker-1")).isZero();
    assertThat(bench.err()).contains("is down already");

    assertThat(bench.muster("cluster", "restart", "worker-1")).as(() -> bench.err()).isZero();
    var after = status();
    assertThat(state(after, "worker-1")).isEqualTo("UP");
    assertThat(url(after, "worker-1")).isEqualTo(url(before, "worker-1"));
    assertThat(pid(after, "worker-1")).isNotEqualTo(pid(before, "worker-1"));
  }

  private static JsonNode url(Map<String, JsonNode> status, String name) {
    var node = status.get(name);
    return node == null ? Json.MAPPER.nullNode() : node.path("url");
  }

  @Test
  void upStartsWhatIsMissingAndNothingElse() {
    up("--workers", "1");
    var before = status();
    up();
    assertThat(bench.err()).contains("is up already");
    bench.muster("cluster", "kill", "orchestrator-1");
    up("--workers", "2");
    var after = status();
    assertThat(after.keySet()).containsExactlyInAnyOrder("orchestrator-1", "worker-1", "worker-2");
    assertThat(pid(after, "worker-1")).isEqualTo(pid(before, "worker-1"));
    assertThat(pid(after, "orchestrator-1")).isNotEqualTo(pid(before, "orchestrator-1"));
  }

  @Test
  void aNodeIsToldWhatItNeedsAndItsCommandLineHoldsNoSecret() throws Exception {
    bench.environment.put("MUSTER_SLOTS", "5");
    bench.environment.put("MUSTER_TOKEN", "nobody-elses");
    up("--workers", "1");
    var told = Files.readString(bench.data().resolve("nodes/worker-1/told"));
    assertThat(told)
        .contains("MUSTER_ROLE=worker")
        .contains("MUSTER_SLOTS=5")
        .contains("MUSTER_DATABASE_PASSWORD=hush")
        .contains("MUSTER_TOKEN_FILE=" + bench.data().resolve("operator.token"))
        .contains("MUSTER_ARTIFACTS=" + bench.data().resolve("artifacts"))
        .contains("arguments=up --data " + bench.data().resolve("nodes/worker-1"))
        .doesNotContain("nobody-elses");
    assertThat(Files.readString(bench.data().resolve("cluster.json"))).doesNotContain("hush");

    // What was set when the cluster came up holds for those that are started later.
    bench.environment.remove("MUSTER_SLOTS");
    bench.muster("cluster", "restart", "worker-1");
    assertThat(Files.readString(bench.data().resolve("nodes/worker-1/told")))
        .contains("MUSTER_SLOTS=5");
  }

  @Test
  void aSessionOfItsOwnKeepsANodeFromTheTerminalsCtrlC() throws Exception {
    up("--workers", "1");
    var pid = pid(status(), "worker-1");
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    assertThat(fields[2]).as("process group").isEqualTo(Long.toString(pid));
    assertThat(fields[3]).as("session").isEqualTo(Long.toString(pid));
  }

  @Test
  void aNodeThatFailsIsShownWithItsLastWords() {
    bench.environment.put("MUSTER_RESULTS", "worker-1");
    assertThat(bench.muster("cluster", "up", "--db", DATABASE, "--workers", "1")).isEqualTo(1);
    assertThat(bench.err())
        .contains("worker-1 has ended before it was ready")
        .contains("I am the node that fails")
        .contains("console.log");
  }

  @Test
  void aTornClusterFileIsWrittenAnewForTheSameNodes() throws Exception {
    up("--workers", "1");
    var before = status();
    Files.writeString(bench.data().resolve("cluster.json"), "{\"folder\": \"/");
    up("--workers", "1");
    assertThat(bench.err()).contains("cannot be read");
    assertThat(status()).isEqualTo(before);
  }

  @Test
  void aProcessThatOnlyHasTheNumberIsLeftAlone() throws Exception {
    up("--workers", "1");
    var innocent = new ProcessBuilder("sleep", "60").start();
    try {
      var note = bench.data().resolve("nodes/worker-1/process.json");
      var mine = Json.MAPPER.readTree(Files.readString(note));
      bench.muster("cluster", "kill", "worker-1");
      var forged = mine.deepCopy();
      ((com.fasterxml.jackson.databind.node.ObjectNode) forged).put("pid", innocent.pid());
      Files.writeString(note, forged.toString());
      assertThat(bench.muster("cluster", "kill", "worker-1")).isZero();
      assertThat(innocent.isAlive()).isTrue();
      assertThat(state(status(), "worker-1")).isEqualTo("DOWN");
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void downEndsEveryProcess() {
    up("--workers", "1");
    var before = status();
    assertThat(bench.muster("cluster", "down")).isZero();
    assertThat(status().values()).allMatch(node -> node.path("status").asText().equals("DOWN"));
    // Whose parent has not heard yet that it has ended is still listed for a moment.
    assertThat(before.values()).allMatch(node -> isGoneSoon(node.path("pid").asLong()));
  }

  private static boolean isGoneSoon(long pid) {
    for (var look = 0; look < 50 && ProcessHandle.of(pid).isPresent(); look++) {
      LockSupport.parkNanos(100_000_000);
    }
    return ProcessHandle.of(pid).isEmpty();
  }

  @Test
  void aSuspendedNodeIsShownAndCanBeKilled() throws Exception {
    up("--workers", "1");
    var pid = pid(status(), "worker-1");
    new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
    for (var looks = 0; looks < 50 && !state(status(), "worker-1").equals("SUSPENDED"); looks++) {
      sleep();
    }
    assertThat(state(status(), "worker-1")).isEqualTo("SUSPENDED");
    assertThat(bench.muster("cluster", "kill", "worker-1")).isZero();
    assertThat(state(status(), "worker-1")).isEqualTo("DOWN");
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    assertThat(bench.muster("cluster", "status")).isEqualTo(3);
    assertThat(bench.err()).contains("there is no cluster in").contains("muster cluster up");
    assertThat(bench.muster("cluster", "up", "--workers", "0")).isEqualTo(2);
    assertThat(bench.muster("cluster", "up", "--db", "jdbc:h2:mem:x")).isEqualTo(2);
    assertThat(bench.muster("cluster", "up", "--server", "http://127.0.0.1:1")).isEqualTo(2);
    up("--workers", "1");
    assertThat(bench.muster("cluster", "kill", "worker-9")).isEqualTo(3);
    assertThat(bench.err()).contains("orchestrator-1, worker-1, postgres");
    assertThat(bench.muster("cluster", "kill", "postgres")).isEqualTo(2);
    assertThat(bench.muster("cluster", "up", "--db", DATABASE + "2")).isEqualTo(5);
    assertThat(bench.err()).contains("has its journal in " + DATABASE);
  }
}
