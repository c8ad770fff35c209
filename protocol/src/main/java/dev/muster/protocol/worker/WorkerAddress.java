package dev.muster.protocol.worker;

import dev.muster.protocol.instruction.Labels;
import java.util.List;

/// Where a worker is found: by its run and its id, and by the labels that a node must offer to host
/// it.
///
/// As an entity id it reads `<run>/WORKER_014`, or `<run>/WORKER_014/docker+python3` when labels
/// are required. A plan never changes, so a worker has one address as long as its run is known. Its
/// journal is found without the labels: see [#key].
///
/// @param labels sorted; empty when any node will do
public record WorkerAddress(String run, String worker, List<String> labels) {
  /// For each set of labels that some worker requires.
  public static final int SHARDS_PER_LABELS = 32;

  private static final String PLUS = "+";

  public WorkerAddress {
    labels = Labels.sorted(labels);
  }

  /// Throws `IllegalArgumentException` for what is no worker's entity id.
  public static WorkerAddress of(String entityId) {
    var parts = entityId.split("/", -1);
    var complete = parts.length == 2 || parts.length == 3;
    for (var part : parts) complete &= !part.isBlank();
    if (!complete) {
      throw new IllegalArgumentException(
          "expected <run>/<worker> or <run>/<worker>/<labels>, found " + entityId);
    }
    return new WorkerAddress(
        parts[0],
        parts[1],
        parts.length == 2 ? List.of() : List.of(parts[2].split("\\" + PLUS, -1)));
  }

  /// Names the worker in its journal, in logs and to operators: `<run>/WORKER_014`.
  public String key() {
    return run + "/" + worker;
  }

  public String entityId() {
    return labels.isEmpty() ? key() : key() + "/" + String.join(PLUS, labels);
  }

  public String shardId() {
    return shardId(entityId());
  }

  /// `any/7` or `docker+python3/7`. Takes any text, since it is asked of every message that
  /// arrives.
  public static String shardId(String entityId) {
    var afterRun = entityId.indexOf('/');
    var afterWorker = afterRun < 0 ? -1 : entityId.indexOf('/', afterRun + 1);
    var key = afterWorker < 0 ? entityId : entityId.substring(0, afterWorker);
    var labels = afterWorker < 0 ? Labels.ANY : entityId.substring(afterWorker + 1);
    return labels + "/" + Math.floorMod(mixed(key.hashCode()), SHARDS_PER_LABELS);
  }

  /// What a node must offer to host this shard.
  public static List<String> labelsOf(String shardId) {
    var end = shardId.lastIndexOf('/');
    var labels = end < 0 ? shardId : shardId.substring(0, end);
    return labels.equals(Labels.ANY)
        ? List.of()
        : Labels.sorted(List.of(labels.split("\\" + PLUS, -1)));
  }

  /// The last bits of a text's hash code hardly differ among WORKER_001, WORKER_002 and so on: 31
  /// is -1 modulo 32. This is the last step of MurmurHash3.
  private static int mixed(int hash) {
    var mixed = hash;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }
}
