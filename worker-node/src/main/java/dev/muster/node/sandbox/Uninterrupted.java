package dev.muster.node.sandbox;

/// Work that must be done to its end although its thread was told to stop: an interrupt would close
/// files and cut pauses short in the middle of it.
final class Uninterrupted {
  static void run(Runnable work) {
    var thread = Thread.ofVirtual().start(work);
    var interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private Uninterrupted() {}
}
