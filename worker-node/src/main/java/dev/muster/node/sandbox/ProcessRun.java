package dev.muster.node.sandbox;

import dev.muster.node.sandbox.Sandbox.Ended;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One process from start to end: its output captured, its time limited, its tree killed.
final class ProcessRun {
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
    return run(command, environment, folder, timeLimit, capture, tree, Leave.GIVEN);
  }

  /// @param leave what the process itself waits for; its time begins with it
  static Ended run(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Duration timeLimit,
      Capture capture,
      ProcessTree tree,
      Leave leave)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = tree.start(builder);
    var time = new RunningTime(System.nanoTime());
    var pump = pump(process, capture, tree);
    var end = End.BY_ITSELF;
    var breach = new AtomicReference<@Nullable String>();
    try {
      pump.start();
      if (leave.waits()) {
        leave.pass(process);
        time = new RunningTime(System.nanoTime());
      }
      tree.started(process);
      if (!time.await(process, timeLimit, () -> goesOn(tree, breach))) {
        end = breach.get() == null ? End.OUT_OF_TIME : End.BREACHED;
      }
    } catch (InterruptedException _) {
      end = End.INTERRUPTED;
    } finally {
      Uninterrupted.run(() -> {
        tree.kill(process);
        drain(pump, process);
        reap(process);
      });
    }
    if (end == End.BY_ITSELF && capture.overflowed()) end = End.OVERFLOWED;
    var ended = ended(end, process.isAlive() ? KILLED : process.exitValue(), time.ran());
    return explained(ended, end, breach.get(), tree);
  }

  private static boolean goesOn(ProcessTree tree, AtomicReference<@Nullable String> breach) {
    breach.set(tree.breach());
    return breach.get() == null;
  }

  /// Says of who was killed what only its tree knows.
  private static Ended explained(Ended ended, End end, @Nullable String breach, ProcessTree tree) {
    if (ended.exitCode() != KILLED || ended.note() != null) return ended;
    if (breach != null) return new Ended(KILLED, ended.duration(), "killed: " + breach);
    var overdue = end == End.BY_ITSELF ? tree.overdue() : null;
    return overdue == null ? ended : Ended.outOfTime(overdue);
  }

  /// Why the runtime would end a process.
  enum End {
    BY_ITSELF,
    OUT_OF_TIME,
    OVERFLOWED,
    /// It took more than it may.
    BREACHED,
    INTERRUPTED
  }

  /// One rule for all: whatever was about to happen to a process that had already ended, its own
  /// exit status is what is recorded. Who was killed is told by the status that the kernel gives.
  ///
  /// @param end what the runtime was about to do
  /// @throws InterruptedException only when the process was killed; else the thread stays
  ///   interrupted, so that it comes to its end after it has recorded this
  static Ended ended(End end, int status, Duration duration) throws InterruptedException {
    if (status != KILLED) {
      if (end == End.INTERRUPTED) Thread.currentThread().interrupt();
      return new Ended(status, duration, null);
    }
    return switch (end) {
      case BY_ITSELF, BREACHED -> new Ended(status, duration, null);
      case OUT_OF_TIME -> Ended.outOfTime(duration);
      case OVERFLOWED -> new Ended(KILLED, duration, "killed: it printed more than it may");
      case INTERRUPTED -> throw new InterruptedException("the step was stopped");
    };
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
  private static void drain(Thread pump, Process process) {
    try {
      if (new RunningTime(System.nanoTime()).await(pump, DRAIN_MAX)) return;
      process.getInputStream().close();
    } catch (InterruptedException | IOException _) {
      // It is being given up.
    }
  }

  /// Longer than that only when it is stuck in the kernel; it dies as soon as it leaves it.
  private static void reap(Process process) {
    try {
      var _ = new RunningTime(System.nanoTime()).await(process, DRAIN_MAX);
    } catch (InterruptedException _) {
      // Nobody interrupts what runs uninterrupted.
    }
  }

  private ProcessRun() {}
}
