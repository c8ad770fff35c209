package dev.muster.node.executor;

import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.util.List;

/// How busy an executor is.
///
/// @param queued attempts that wait for a slot
/// @param slotTime how long slots have been taken, all together, since the executor began
/// @param draining whether it takes nothing new
/// @param busyShards where its attempts belong, sorted
/// @param attemptsDone attempts that ended here since the executor began
public record Occupancy(
    int slots,
    int busy,
    int queued,
    Duration slotTime,
    boolean draining,
    List<String> busyShards,
    long attemptsDone) {
  public Occupancy {
    busyShards = List.copyOf(busyShards);
  }

  /// Whether an attempt of this shard is known here.
  public boolean isBusy(String shard) {
    return NodeHeadroom.isBusy(busyShards, shard);
  }
}
