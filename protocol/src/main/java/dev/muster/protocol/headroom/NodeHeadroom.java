package dev.muster.protocol.headroom;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.instruction.Labels;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one node has left, as it last reported. Percentages are 0 to 100.
///
/// @param open false while a limit is exceeded; `reasons` then says which, in words with numbers
/// @param cpuPercent what counts against the limit: others' use plus our runaway use
/// @param cpuOwnPercent what this node's own process trees use, for the log
/// @param slots attempts the node carries out at once
/// @param labels what it offers workers, sorted
/// @param drained an operator wants no more work on it
/// @param evicting what still runs on it is to go elsewhere, too
/// @param silent nothing has been heard of it for a while; set by whoever listens
/// @param busyShards where its attempts belong, sorted; see [#isBusy]
/// @param queued attempts that wait for a slot
/// @param attemptsDone attempts that ended on it since its JVM began
/// @param sandbox which one confines scripts there, such as `bubblewrap`; null where none run
/// @param models why none of the language models that are set up there is to be asked by anybody
///   new, in words with numbers; empty while one may be, null where none is set up
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
    Instant at,
    List<String> labels,
    boolean drained,
    boolean evicting,
    boolean silent,
    List<String> busyShards,
    int queued,
    long attemptsDone,
    @Nullable String sandbox,
    @Nullable List<String> models)
    implements CborSerializable {
  /// A report stays small: a node with work in more shards than this counts as busy in all of them.
  public static final int BUSY_SHARDS_MAX = 256;

  public NodeHeadroom {
    roles = List.copyOf(roles);
    reasons = List.copyOf(reasons);
    labels = Labels.sorted(labels);
    busyShards = Labels.sorted(busyShards);
    models = models == null ? null : List.copyOf(models);
  }

  /// A node that offers nothing special and has nothing to do.
  public NodeHeadroom(
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
      Instant at) {
    this(
        node,
        address,
        incarnation,
        roles,
        open,
        reasons,
        cpuPercent,
        cpuOwnPercent,
        memoryPercent,
        diskPercent,
        limits,
        slots,
        slotsBusy,
        at,
        List.of(),
        false,
        false,
        false,
        List.of(),
        0,
        0,
        null,
        null);
  }

  public boolean works() {
    return roles.contains("worker");
  }

  public boolean offers(List<String> required) {
    return labels.containsAll(required);
  }

  public boolean isBusy(String shard) {
    return isBusy(busyShards, shard);
  }

  /// Whether the shard is among them, as far as they are listed.
  public static boolean isBusy(List<String> busyShards, String shard) {
    return busyShards.size() >= BUSY_SHARDS_MAX || busyShards.contains(shard);
  }

  /// The same node, of which nothing has been heard since.
  public NodeHeadroom silenced(String reason) {
    return new NodeHeadroom(
        node,
        address,
        incarnation,
        roles,
        false,
        List.of(reason),
        cpuPercent,
        cpuOwnPercent,
        memoryPercent,
        diskPercent,
        limits,
        slots,
        slotsBusy,
        at,
        labels,
        drained,
        evicting,
        true,
        busyShards,
        queued,
        attemptsDone,
        sandbox,
        models);
  }
}
