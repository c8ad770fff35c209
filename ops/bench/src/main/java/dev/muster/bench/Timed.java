package dev.muster.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that has ended. Children of a sandbox are nobody's to wait for, so that only perf(1)
/// counts their processor time; where it may not be used there is no such figure.
///
/// @param said what it printed
record Timed(Instant began, double wallMillis, double cpuMillis, String said) {
  static final String WALL = "wallMillis";
  private static final int ENDS_WITHIN_MINUTES = 30;
  private static final boolean COUNTS = counts();

  /// @param folder that it runs in, and that gets what it prints
  /// @param environment in addition to this one's, less what is Muster's
  static Timed run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var counted = new ArrayList<String>();
    var count = folder.resolve("cpu");
    if (COUNTS) {
      counted.addAll(List.of("perf", "stat", "-x,", "-e", "task-clock", "-o", count.toString()));
    }
    counted.addAll(command);
    var began = Instant.now();
    var since = System.nanoTime();
    var process = start(folder, environment, counted);
    if (!process.waitFor(ENDS_WITHIN_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      throw new IOException("%s has not ended".formatted(command.getFirst()));
    }
    var wall = (System.nanoTime() - since) / 1e6;
    if (process.exitValue() != 0) {
      var said = Files.readString(folder.resolve("err.txt"));
      throw new IOException("%s ended with %d: %s".formatted(command, process.exitValue(), said));
    }
    var cpu = COUNTS ? cpu(count) : Double.NaN;
    return new Timed(began, wall, cpu, Files.readString(folder.resolve("out.txt")));
  }

  static Process start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /// Adds how long it took.
  Round on(Round round) {
    var timed = round.with(WALL, wallMillis);
    return Double.isNaN(cpuMillis) ? timed : timed.with("cpuMillis", cpuMillis);
  }

  private static double cpu(Path count) throws IOException {
    for (var line : Files.readAllLines(count)) {
      if (line.contains("task-clock")) return Double.parseDouble(line.split(",", -1)[0]);
    }
    return Double.NaN;
  }

  private static boolean counts() {
    try {
      var perf =
          new ProcessBuilder("perf", "stat", "-x,", "-e", "task-clock", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return perf.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
