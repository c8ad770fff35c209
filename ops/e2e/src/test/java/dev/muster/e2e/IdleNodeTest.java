package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What gives memory back is watched where a node with the embedded database lives, too.
class IdleNodeTest {
  @TempDir Path folder;

  @Test
  void aNodeWithTheEmbeddedDatabaseWatchesForItsHeapToBecomeIdle() throws Exception {
    var running = new Muster(folder).start("up");
    try {
      running.waitFor("http://127.0.0.1:");
      assertThat(threads(running.process())).contains("idle-heap");
    } finally {
      running.kill();
    }
  }

  /// As the system knows them: by the first fifteen letters.
  private static List<String> threads(Process process) throws IOException {
    try (var threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads.map(IdleNodeTest::name).toList();
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
