package dev.muster.node.executor;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;

/// The slots of an executor, and how long they have been taken. Taking and freeing twice is
/// harmless. An attempt that runs no process for a while gives its slot away and comes back for
/// one; whoever comes back goes before whoever begins.
final class Slots {
  private final int count;
  private final int awayMax;
  private final Set<Integer> taken = new HashSet<>();

  /// Under way without a slot.
  private final Set<Integer> away = new HashSet<>();

  private final SequencedMap<Integer, CompletableFuture<Done>> wanting = new LinkedHashMap<>();
  private boolean closed;
  private long takenNanos;
  private long countedAtNanos = System.nanoTime();

  /// @param awayMax how many may be under way without a slot
  Slots(int count, int awayMax) {
    this.count = count;
    this.awayMax = awayMax;
  }

  /// For whoever begins.
  boolean anyFree() {
    return !closed && wanting.isEmpty() && taken.size() < count;
  }

  /// None is given away any more.
  void close() {
    closed = true;
  }

  /// Nothing is under way.
  boolean allFree() {
    return taken.isEmpty() && away.isEmpty();
  }

  void take(int life) {
    countTime();
    taken.add(life);
  }

  /// It has ended.
  void free(int life) {
    countTime();
    taken.remove(life);
    away.remove(life);
    wanting.remove(life);
    serve();
  }

  /// It runs nothing for now. When too many are without a slot, it keeps its own, and others wait.
  void giveBack(int life) {
    if (!taken.contains(life) || away.size() >= awayMax) return;
    countTime();
    taken.remove(life);
    away.add(life);
    serve();
  }

  /// It comes back; also where nothing new begins any more.
  void want(int life, CompletableFuture<Done> granted) {
    if (away.contains(life)) {
      wanting.put(life, granted);
      serve();
    } else {
      granted.complete(Done.getInstance());
    }
  }

  private void serve() {
    while (taken.size() < count && !wanting.isEmpty()) {
      countTime();
      var first = wanting.pollFirstEntry();
      away.remove(first.getKey());
      taken.add(first.getKey());
      first.getValue().complete(Done.getInstance());
    }
  }

  boolean knows(int life) {
    return taken.contains(life) || away.contains(life);
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
