package dev.muster.protocol.headroom;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.List;

/// What one node has left, as it last reported. Percentages are 0 to 100.
///
/// @param open false while a limit is exceeded; `reasons` then says which, in words with numbers
/// @param cpuPercent what counts against the limit: others' use plus our runaway use
/// @param cpuOwnPercent what this node's own process trees use, for the log
/// @param slots attempts the node carries out at once
public record NodeHeadroom(
    String node,
    String address,
    String incarnation,
    List<String> roles,
    boolean open,
    List<String> reasons,
    double cpuPercent,
    double cpuOwnPercent,
    double memoryPercent,
    double diskPercent,
    HeadroomLimits limits,
    int slots,
    int slotsBusy,
    Instant at)
    implements CborSerializable {
  public NodeHeadroom {
    roles = List.copyOf(roles);
    reasons = List.copyOf(reasons);
  }
}
