package dev.muster.orchestrator.readside.result;

import org.jspecify.annotations.Nullable;

/// What could not be written while the rest was. One bad name must not cost the others, and a disk
/// that is full need not be asked ten thousand times.
final class Failures {
  private static final int ATTEMPTS_MAX = 20;

  private @Nullable ResultsException first;
  private int count;

  void attempt(Runnable write) {
    if (count >= ATTEMPTS_MAX) return;
    try {
      write.run();
    } catch (ResultsException e) {
      if (first == null) first = e;
      count++;
    }
  }

  /// Throws the first of them.
  void raise() {
    if (first != null) throw first.andMore(count - 1);
  }
}
