package dev.muster.node.sandbox;

/// How to end everything that one process started.
interface ProcessTree {
  /// Called once, right after the start.
  void started(Process process);

  /// Kills what is left, and returns when nothing is. Repeatable; not interruptible.
  void kill(Process process);
}
