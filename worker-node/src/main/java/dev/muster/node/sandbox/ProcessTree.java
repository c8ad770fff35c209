package dev.muster.node.sandbox;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to end everything that one process started.
interface ProcessTree {
  default Process start(ProcessBuilder builder) throws IOException {
    return ProcessLauncher.start(builder);
  }

  /// Called once, right after the start.
  void started(Process process);

  /// Asked ten times a second: what the tree has taken beyond what it may, in words that follow
  /// "killed: "; null as long as it goes on.
  default @Nullable String breach() {
    return null;
  }

  /// Asked when it was killed by nobody here: how long it had run, when that was longer than it may
  /// and this JVM was not there to see it; null otherwise.
  default @Nullable Duration overdue() {
    return null;
  }

  /// Kills what is left, and returns when nothing is. Repeatable; not interruptible.
  void kill(Process process);

  /// Kills the process and nothing else. `Process.destroyForcibly` would also close its output, and
  /// with it lose what a short script has printed and nobody has read yet.
  static void end(Process process) {
    process.toHandle().destroyForcibly();
  }
}
