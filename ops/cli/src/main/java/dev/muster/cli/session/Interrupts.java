package dev.muster.cli.session;

/// Tells when the operator or the system wants this process to end.
public interface Interrupts {
  /// Runs the action then, before the process ends. The answer takes the action back.
  Runnable onInterrupt(Runnable action);
}
