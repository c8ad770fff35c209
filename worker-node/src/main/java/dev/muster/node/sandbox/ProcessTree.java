package dev.muster.node.sandbox;

/// How to end everything that one process started.
interface ProcessTree {
  /// Called once, right after the start.
  void started(Process process);

  /// Kills what is left, and returns when nothing is. Repeatable; not interruptible.
  void kill(Process process);

  /// Kills the process and nothing else. `Process.destroyForcibly` would also close its output, and
  /// with it lose what a short script has printed and nobody has read yet.
  static void end(Process process) {
    process.toHandle().destroyForcibly();
  }
}
