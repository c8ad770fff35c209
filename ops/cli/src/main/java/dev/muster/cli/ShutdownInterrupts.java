package dev.muster.cli;

import dev.muster.cli.session.Interrupts;

/// Ctrl-C and a polite kill both end in the JVM's shutdown hooks; the JVM then exits with 130 or
/// 143 by itself.
final class ShutdownInterrupts implements Interrupts {
  @Override
  public Runnable onInterrupt(Runnable action) {
    var hook = new Thread(action, "muster-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> forget(hook);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook is at work.
    }
  }
}
