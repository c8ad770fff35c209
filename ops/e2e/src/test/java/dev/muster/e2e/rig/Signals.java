package dev.muster.e2e.rig;

/// Signals that Java cannot send.
final class Signals {
  private Signals() {}

  static void send(long pid, String signal) {
    Commands.works("kill", "-" + signal, Long.toString(pid));
  }
}
