package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node and an operator that share no folder.
class RemoteRunTest {
  @TempDir Path there;
  @TempDir Path here;

  @NeedsSandbox
  @Test
  void instructionsAndTargetGoThereAndResultsComeBack() throws Exception {
    var node = new Muster(there);
    var running = node.start("up");
    try {
      running.waitFor("http://127.0.0.1:");
      assertThat(threads(running.process()))
          .as("what gives memory back is watched where the embedded database is, too")
          .contains("idle-heap");
      var file = Journal.parse(Files.readString(node.data().resolve("node.json")));
      var operator =
          new Muster(here)
              .with("MUSTER_SERVER", file.path("url").asText())
              .with(
                  "MUSTER_TOKEN", Files.readString(node.data().resolve("operator.token")).strip());
      Files.createDirectories(operator.target());
      Files.writeString(operator.target().resolve("greeting"), "hello from here\n");
      var reads =
          new Worker(
              1,
              1,
              "none",
              "results/001.txt",
              Workforces.block("mkdir -p results\ncp \"$MUSTER_TARGET/greeting\" results/001.txt"),
              "grep -qx 'hello from here' results/001.txt");
      var folder = Workforces.write(here.resolve("mine"), reads, Worker.simple(2, 1, "none"));

      var ended =
          operator.ask(
              "run",
              folder.toString(),
              "--upload",
              "--no-input",
              "--target",
              operator.target().toString());
      assertThat(ended.exit()).as(ended.toString()).isZero();

      var got = operator.ask("results", "get", "--to", "fetched", "-o", "name");
      assertThat(got.exit()).as(got.toString()).isZero();
      var run = Path.of(got.out().strip());
      assertThat(run).startsWith(here.resolve("fetched"));
      assertThat(run.resolve("deliverables/results/001.txt")).hasContent("hello from here");
      assertThat(run.resolve("execution_summary.json")).isRegularFile();
      assertThat(operator.ask("results", "get", "--to", "fetched").exit()).isEqualTo(5);

      var one = operator.ask("results", "get", "last/WORKER_002", "--to", "w.zip", "-o", "json");
      assertThat(one.exit()).as(one.toString()).isZero();
      assertThat(here.resolve("w.zip")).isNotEmptyFile();
    } finally {
      running.kill();
    }
  }

  /// As the system knows them: by the first fifteen letters.
  private static List<String> threads(Process process) throws IOException {
    try (var threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads.map(RemoteRunTest::name).toList();
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException _) {
      // It has ended meanwhile.
      return "";
    }
  }
}
