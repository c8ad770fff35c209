package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Short commands of the host.
final class Commands {
  private static final int PATIENCE_SECONDS = 30;

  private Commands() {}

  record Ended(int exit, String output) {
    boolean good() {
      return exit == 0;
    }
  }

  static Ended tried(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Ended(-1, "still running after " + PATIENCE_SECONDS + " s: " + command);
      }
      return new Ended(process.exitValue(), output);
    } catch (IOException e) {
      return new Ended(-1, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(-1, "interrupted");
    }
  }

  static String run(String... command) {
    var ended = tried(List.of(command));
    if (!ended.good()) {
      throw new UncheckedIOException(
          new IOException(String.join(" ", command) + ": " + ended.output().strip()));
    }
    return ended.output();
  }

  static boolean works(String... command) {
    return tried(List.of(command)).good();
  }
}
