package dev.muster.orchestrator.engine.placement;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.util.List;

/// A node that can host shards, with those it has. Pure.
///
/// @param shards in the order in which it got them
record Host(NodeHeadroom node, List<String> shards) {
  /// A node near its limits still counts a little: when all are, the work is shared all the same.
  private static final double FREE_MIN = 0.1;

  Host {
    shards = List.copyOf(shards);
  }

  String address() {
    return node.address();
  }

  int slots() {
    return Math.max(1, node.slots());
  }

  boolean mayGet(List<String> labels) {
    return node.works() && !node.silent() && !node.drained() && node.offers(labels);
  }

  /// How much it would have for each shard if it got one more. Free use is only looked at here,
  /// where a shard has no home yet: it goes up and down, and moving shards after it would never
  /// end.
  double headroomPerShard() {
    return slots() * free() / (shards.size() + 1);
  }

  /// From 1 for nothing used down to the least, at the limit of whatever is nearest to it.
  private double free() {
    var limits = node.limits();
    var least =
        Math.min(
            free(node.cpuPercent(), limits.cpuPercent()),
            Math.min(
                free(node.memoryPercent(), limits.memoryPercent()),
                free(node.diskPercent(), limits.diskPercent())));
    return Math.max(FREE_MIN, least);
  }

  private static double free(double percent, double limit) {
    return limit >= HeadroomLimits.OFF ? 1 : 1 - percent / limit;
  }
}
