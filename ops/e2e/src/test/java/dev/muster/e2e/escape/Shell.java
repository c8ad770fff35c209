package dev.muster.e2e.escape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Short commands of the host.
final class Shell {
  private static final int PATIENCE_SECONDS = 60;

  private Shell() {}

  record Ended(int exit, String output) {
    boolean good() {
      return exit == 0;
    }
  }

  static Ended tried(String... command) {
    return tried(List.of(command), Map.of());
  }

  static Ended tried(List<String> command, Map<String, String> environment) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      var output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Ended(-1, "still running after " + PATIENCE_SECONDS + " s: " + command);
      }
      return new Ended(process.exitValue(), output.join());
    } catch (IOException e) {
      return new Ended(-1, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(-1, "interrupted");
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String run(String... command) {
    var ended = tried(command);
    if (!ended.good()) {
      throw new UncheckedIOException(
          new IOException(String.join(" ", command) + ": " + ended.output().strip()));
    }
    return ended.output();
  }
}
