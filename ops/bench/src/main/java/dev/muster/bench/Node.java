package dev.muster.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `muster up`, until it is stopped. The launcher becomes the JVM, so its process is the node's.
record Node(Process process, Path folder, Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STOPS_WITHIN_SECONDS = 60;

  static Node start(Build build, Path folder, Map<String, String> settings) throws IOException {
    return new Node(build.start(folder, settings, "up"), folder, folder.resolve("data/node.json"));
  }

  /// Until it can be found.
  void await(Duration atMost) throws IOException, InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    while (!Files.exists(file) || url().isEmpty()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IOException("the node has not started: see " + folder);
      }
      Thread.sleep(1);
    }
  }

  /// Empty while it is being written.
  String url() throws IOException {
    try {
      return JSON.readTree(Files.readString(file)).path("url").asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return "";
    }
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS))
      process.destroyForcibly().waitFor();
  }
}
