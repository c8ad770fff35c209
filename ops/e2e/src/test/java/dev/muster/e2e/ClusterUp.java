package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.Workforces.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster cluster` as an operator has it: three JVMs and a PostgreSQL of their own. What starts
/// the database is a process, too: a node of another test here would end what this JVM has left
/// behind.
@NeedsSandbox
@Order(1)
class ClusterUp {
  private static final int WORKERS = 12;
  private static final int TURNS_MAX = 24;
  private static final int SHARED_WITHIN_RUNS = 5;
  private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);
  private static final String WAIT =
      """
      echo I wait
      until [ -e "$MUSTER_TARGET/go" ]; do sleep 0.2; done
      echo I go
      """;

  /// So that the run cannot end before its nodes have been killed.
  private static final String LAST =
      """
      until [ -e "$MUSTER_TARGET/end" ]; do sleep 0.2; done
      """;

  @TempDir Path folder;
  private final ScriptedModel agents = new ScriptedModel();

  @AfterEach
  void leaveNothingBehind() throws Exception {
    agents.close();
    for (var process : processes()) ProcessHandle.of(process).ifPresent(it -> it.destroyForcibly());
  }

  @Test
  void aRunEndsAlthoughAWorkerNodeAndThenTheOrchestratorAreKilled() throws Exception {
    var muster =
        new Muster(folder)
            .with("MUSTER_SLOTS", "2")
            .with("MUSTER_AGENTS_RUN_TURNS_MAX", "" + TURNS_MAX)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("XDG_CACHE_HOME", Path.of("target", "cache").toAbsolutePath().toString());
    agents.setUp(folder.resolve("config"));
    var up = muster.run("cluster", "up", "--workers", "2");
    assertThat(up.exit()).as(up.toString()).isZero();
    awaitNodes(muster, "orchestrator-1 UP", "worker-1 UP", "worker-2 UP");
    var again = muster.ask("cluster", "up");
    assertThat(again.exit()).as(again.toString()).isZero();
    assertThat(again.err()).contains("up already");

    var workers =
        IntStream.rangeClosed(1, WORKERS).mapToObj(ClusterUp::slow).toArray(Worker[]::new);
    var workforce = Workforces.write(folder.resolve("slow"), workers).toString();
    var run = muster.begin("run", workforce, "--no-input", "--target", muster.target().toString());
    run.waitFor("workers in");
    followWhatRunsOnAWorkerNode(muster);
    assertThat(muster.ask("cluster", "kill", "worker-1").exit()).isZero();
    assertThat(muster.ask("cluster", "kill", "orchestrator-1").exit()).isZero();
    awaitNodes(muster, "orchestrator-1 DOWN", "worker-1 DOWN", "worker-2 UP");
    Files.createFile(muster.target().resolve("end"));
    var headless = muster.ask("run", workforce, "--no-input");
    assertThat(headless.exit()).as(headless.toString()).isEqualTo(8);
    assertThat(headless.err()).contains("muster cluster restart orchestrator-1");

    for (var node : List.of("orchestrator-1", "worker-1")) {
      var restarted = muster.ask("cluster", "restart", node);
      assertThat(restarted.exit()).as(restarted.toString()).isZero();
      // The new orchestrator has never heard of the dead node.
      if (node.equals("orchestrator-1")) awaitListed(muster, "worker-1 DOWN");
    }
    awaitListed(muster, "worker-1 UP");
    var ended = run.await();
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(Journal.of(muster, "last").completed()).hasSize(WORKERS).doesNotHaveDuplicates();

    agentsOfSeveralNodesSpendOneBudget(muster);
    aDrainedNodeGetsNothing(muster);

    var down = muster.ask("cluster", "down");
    assertThat(down.exit()).as(down.toString()).isZero();
    assertThat(processes()).as("processes left").isEmpty();
  }

  /// The first worker waits until this test, which reads its log by the orchestrator, lets it go.
  private static void followWhatRunsOnAWorkerNode(Muster muster) throws Exception {
    var follower = muster.begin("workers", "log", "-f", "WORKER_001");
    follower.waitFor("I wait");
    Files.createFile(muster.target().resolve("go"));
    var followed = follower.await();
    assertThat(followed.exit()).as(followed.toString()).isZero();
    assertThat(followed.out()).containsSubsequence("block 1\nI wait\nI go\n", "test 1: exit 0");
    assertThat(followed.err()).contains("WORKER_001 is COMPLETED");
    assertThat(followed.out()).endsWith(muster.ask("workers", "log", "WORKER_001").out());
  }

  /// They want four turns each, and have half of them together. Workers go where they find place,
  /// so that all of them may meet on one node: that run says nothing of several.
  private void agentsOfSeveralNodesSpendOneBudget(Muster muster) throws Exception {
    var workforce = Files.createDirectories(folder.resolve("agents"));
    for (var number = 1; number <= WORKERS; number++) {
      var id = "WORKER_%03d".formatted(number);
      var file = "w%d/out.txt".formatted(number);
      Files.writeString(
          workforce.resolve(id + "_Speak.md"),
          """
          # Worker %03d: Speak

          ## 1. DELIVERABLES

          - [ ] `%s`

          ## 6. TEST_PROCESS

          ```bash
          test -s %s
          ```

          ## 8. TASK_CLASSIFICATION

          - **Type:** MECHANICAL
          """
              .formatted(number, file, file));
      agents.worker(
          id,
          ScriptedModel.call("room_post", Map.of("text", "I am " + id)),
          ScriptedModel.write(file, "x"),
          ScriptedModel.call("list", Map.of()),
          ScriptedModel.finish("Done."));
    }
    List<String> used;
    var runs = 0;
    do {
      var run = muster.ask("run", workforce.toString(), "--no-input");
      assertThat(run.exit()).as(run.toString()).isEqualTo(1);
      assertThat(agents.received()).hasSize(++runs * TURNS_MAX);
      used = nodesOf(Journal.of(muster, "last").ofType("AttemptStarted"));
    } while (used.size() == 1 && runs < SHARED_WITHIN_RUNS);
    assertThat(used).hasSizeGreaterThan(1);
    var room = Journal.parse(muster.ask("runs", "room", "last", "-o", "json").out()).path("items");
    var said =
        StreamSupport.stream(room.spliterator(), false)
            .filter(it -> it.path("number").asInt() > 0)
            .map(it -> it.path("worker").asText())
            .toList();
    assertThat(said).isNotEmpty().doesNotHaveDuplicates();
  }

  /// A moment after the order: what is idle has to leave the node first.
  private void aDrainedNodeGetsNothing(Muster muster) throws Exception {
    var workers =
        IntStream.rangeClosed(1, WORKERS)
            .mapToObj(number -> Worker.simple(number, 1, ""))
            .toArray(Worker[]::new);
    var workforce = Workforces.write(folder.resolve("quick"), workers).toString();
    assertThat(muster.ask("nodes", "drain", "worker-2").exit()).isZero();
    var until = System.nanoTime() + LISTED_WITHIN.toNanos();
    List<String> used;
    do {
      var run = muster.ask("run", workforce, "--no-input", "--target", muster.target().toString());
      assertThat(run.exit()).as(run.toString()).isZero();
      used = nodesOf(Journal.of(muster, "last").ofType("AttemptStarted"));
    } while (used.contains("worker-2") && System.nanoTime() < until);
    assertThat(used).doesNotContain("worker-2");
    assertThat(muster.ask("nodes", "uncordon", "worker-2").exit()).isZero();
  }

  private static List<String> nodesOf(List<JsonNode> attempts) {
    return attempts.stream().map(it -> it.path("node").asText()).distinct().sorted().toList();
  }

  private static Worker slow(int number) {
    var simple = Worker.simple(number, 1, "");
    var wait = number == 1 ? WAIT : number == WORKERS ? LAST : "sleep 1\n";
    var script =
        wait + "mkdir -p results\necho worker %d > %s".formatted(number, simple.deliverable());
    return new Worker(number, 1, "", simple.deliverable(), Workforces.block(script), simple.test());
  }

  /// A node that is late with its answer is not ready for a moment.
  private static void awaitNodes(Muster muster, String... expected) throws InterruptedException {
    awaitListed(muster, "nodes", List.of(expected), "cluster", "status");
  }

  private static void awaitListed(Muster muster, String expected) throws InterruptedException {
    awaitListed(muster, "items", List.of(expected), "nodes", "list");
  }

  private static List<String> words(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false)
        .map(node -> node.path("name").asText() + " " + node.path("status").asText())
        .toList();
  }

  private static void awaitListed(
      Muster muster, String field, List<String> expected, String... verb)
      throws InterruptedException {
    var asked = Stream.concat(Stream.of(verb), Stream.of("-o", "json")).toArray(String[]::new);
    var until = System.nanoTime() + LISTED_WITHIN.toNanos();
    List<String> listed;
    do {
      Thread.sleep(300);
      var list = muster.ask(asked);
      assertThat(list.exit()).as(list.toString()).isZero();
      listed = words(Journal.parse(list.out()).path(field));
    } while (!listed.containsAll(expected) && System.nanoTime() < until);
    assertThat(listed).containsAll(expected);
  }

  /// Those that have the folder of this test on their command lines.
  private List<Long> processes() throws Exception {
    var found = new ArrayList<Long>();
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : all) {
        try {
          var line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
          if (line.contains(folder.toString())) {
            found.add(Long.valueOf(process.getFileName().toString()));
          }
        } catch (java.io.IOException _) {
          // It has ended meanwhile.
        }
      }
    }
    return found;
  }
}
