package dev.muster.node.sandbox;

import dev.muster.node.sandbox.Sandbox.Ended;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One process from start to end: its output captured, its time limited, its tree killed.
final class ProcessRun {
  private static final int TIMED_OUT = 124;
  private static final int KILLED = 137;
  private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

  static Ended run(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Duration timeLimit,
      Capture capture,
      ProcessTree tree)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var startedNanos = System.nanoTime();
    var process = ProcessLauncher.start(builder);
    var pump = pump(process, capture, tree);
    boolean ended;
    try {
      pump.start();
      tree.started(process);
      ended = process.waitFor(Math.max(1, timeLimit.toMillis()), TimeUnit.MILLISECONDS);
    } finally {
      Uninterrupted.run(() -> tree.kill(process));
      drain(pump, process);
    }
    var duration = Duration.ofNanos(System.nanoTime() - startedNanos);
    if (capture.overflowed()) {
      return new Ended(KILLED, duration, "killed: it printed more than it may");
    }
    if (!ended) {
      return new Ended(
          TIMED_OUT,
          duration,
          "killed after %.1f s: its time was over".formatted(seconds(duration)));
    }
    return new Ended(process.exitValue(), duration, null);
  }

  private static Thread pump(Process process, Capture capture, ProcessTree tree) {
    return Thread.ofPlatform()
        .daemon()
        .name("muster-output-" + process.pid())
        .unstarted(() -> {
          if (!copy(process.getInputStream(), capture)) tree.kill(process);
        });
  }

  /// False when it printed more than it may.
  private static boolean copy(InputStream output, Capture capture) {
    try {
      return copyOnce(output, capture);
    } catch (IOException _) {
      // When a process ends, the JDK sets aside what it left in the pipe, and may close the pipe
      // under a read that is under way: the rest is in the stream all the same.
    }
    try {
      return copyOnce(output, capture);
    } catch (IOException _) {
      return true; // it was given up: what came before is what counts
    }
  }

  private static boolean copyOnce(InputStream output, Capture capture) throws IOException {
    var buffer = new byte[1 << 16];
    for (var length = output.read(buffer); length >= 0; length = output.read(buffer)) {
      if (!capture.accept(buffer, length)) return false;
    }
    return true;
  }

  /// The output ends when the last process that holds it has ended, and `kill` saw to that.
  private static void drain(Thread pump, Process process) throws InterruptedException {
    if (pump.join(DRAIN_MAX)) return;
    try {
      process.getInputStream().close();
    } catch (IOException _) {
      // It is being given up.
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private ProcessRun() {}
}
