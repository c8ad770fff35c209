package dev.muster.node.executor;

import dev.muster.node.executor.Executor.Occupancy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// The slots of an executor, and how long they have been taken. Taking and freeing twice is
/// harmless.
final class Slots {
  private final int count;
  private final Set<Integer> taken = new HashSet<>();
  private boolean closed;
  private long takenNanos;
  private long countedAtNanos = System.nanoTime();

  Slots(int count) {
    this.count = count;
  }

  boolean anyFree() {
    return !closed && taken.size() < count;
  }

  /// None is given away any more.
  void close() {
    closed = true;
  }

  boolean allFree() {
    return taken.isEmpty();
  }

  void take(int life) {
    countTime();
    taken.add(life);
  }

  void free(int life) {
    countTime();
    taken.remove(life);
  }

  boolean taken(int life) {
    return taken.contains(life);
  }

  Occupancy occupancy(KnownAttempts attempts, boolean draining) {
    countTime();
    return new Occupancy(
        count,
        taken.size(),
        attempts.queueLength(),
        Duration.ofNanos(takenNanos),
        draining || closed,
        attempts.busyShards(),
        attempts.done());
  }

  /// Before the number of taken slots changes.
  private void countTime() {
    var nanos = System.nanoTime();
    takenNanos += taken.size() * (nanos - countedAtNanos);
    countedAtNanos = nanos;
  }
}
