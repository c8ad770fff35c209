package dev.muster.node.worker;

import dev.muster.protocol.worker.WorkerAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Keeps apart the attempts that begin on this node and the shards that are about to leave it. An
/// attempt that has begun is known to the executor; this is about the moment before.
///
/// Shared by all workers of the node. Nothing stays for ever: whoever does not say how it ended is
/// taken to be through after a while.
public final class Departures {
  /// Beginning takes one write, which the journal gives up after as long.
  private static final Duration BEGINS_WITHIN = Duration.ofSeconds(30);

  /// Handing a shard over takes a moment, unless a node dies meanwhile: every region has to agree,
  /// and those of a dead node are waited for until it is removed.
  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(20);

  private final LongSupplier nanos;

  /// Since when, the longest first, so that only those are looked at who are forgotten.
  private final Map<String, Long> beginning = new LinkedHashMap<>();

  private final Map<String, Long> leaving = new LinkedHashMap<>();

  public Departures() {
    this(System::nanoTime);
  }

  /// @param nanos as `System.nanoTime`
  Departures(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Asked by a worker, by its entity id, before it persists that an attempt starts.
  synchronized boolean mayBegin(String worker) {
    forgetOld();
    if (leaving.containsKey(WorkerAddress.shardId(worker))) return false;
    beginning.remove(worker);
    beginning.put(worker, nanos.getAsLong());
    return true;
  }

  /// The executor knows the attempt now, or there is none.
  synchronized void hasBegun(String worker) {
    beginning.remove(worker);
  }

  /// From here on no attempt begins in the shard, unless one is just beginning. Asking again does
  /// not make it longer, or somebody who asks often and waits little would stop all work.
  synchronized boolean mayLeave(String shard) {
    forgetOld();
    if (leaving.containsKey(shard)) return false;
    for (var worker : beginning.keySet()) {
      if (WorkerAddress.shardId(worker).equals(shard)) return false;
    }
    leaving.put(shard, nanos.getAsLong());
    return true;
  }

  synchronized void stays(String shard) {
    leaving.remove(shard);
  }

  private void forgetOld() {
    forgetOld(beginning, BEGINS_WITHIN);
    forgetOld(leaving, LEAVES_WITHIN);
  }

  private void forgetOld(Map<String, Long> those, Duration max) {
    var oldest = those.values().iterator();
    while (oldest.hasNext() && isOver(oldest.next(), max)) oldest.remove();
  }

  private boolean isOver(long since, Duration max) {
    return nanos.getAsLong() - since > max.toNanos();
  }
}
