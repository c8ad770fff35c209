package dev.muster.orchestrator.wave;

import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the nodes together have left for this run. Pure.
///
/// @param capacity workers that may be under way at once; 0 when no node has headroom
/// @param reasons why each closed node is closed, in words with numbers
record Headroom(int capacity, List<String> reasons) {
  /// One waits in a node's queue for each that runs, so that no slot stands idle between two.
  private static final int UNDER_WAY_PER_SLOT = 2;

  Headroom {
    reasons = List.copyOf(reasons);
  }

  boolean open() {
    return capacity > 0;
  }

  /// @param limits of the run's own plan, which may be stricter than the node's; null for none
  static Headroom of(ClusterView view, @Nullable HeadroomLimits limits) {
    var capacity = 0;
    List<String> reasons = new ArrayList<>();
    for (var node : view.nodes()) {
      if (!node.roles().contains("worker")) continue;
      var why = new ArrayList<>(node.open() ? List.<String>of() : node.reasons());
      if (limits != null) why.addAll(exceeded(node, limits));
      if (why.isEmpty()) {
        capacity += node.slots() * UNDER_WAY_PER_SLOT;
      } else {
        why.forEach(reason -> reasons.add(node.node() + " " + reason));
      }
    }
    if (capacity == 0 && reasons.isEmpty()) reasons.add("no worker node has reported its headroom");
    return new Headroom(capacity, reasons);
  }

  private static List<String> exceeded(NodeHeadroom node, HeadroomLimits limits) {
    List<String> reasons = new ArrayList<>();
    compare(reasons, "CPU", node.cpuPercent(), limits.cpuPercent());
    compare(reasons, "memory", node.memoryPercent(), limits.memoryPercent());
    compare(reasons, "disk", node.diskPercent(), limits.diskPercent());
    return reasons;
  }

  private static void compare(List<String> reasons, String what, double used, double limit) {
    if (limit < HeadroomLimits.OFF && used >= limit) {
      reasons.add(
          String.format(
              Locale.ROOT, "%s %.1f%% ≥ %s%% of the wave plan", what, used, plain(limit)));
    }
  }

  private static String plain(double percent) {
    return percent == Math.rint(percent)
        ? Long.toString(Math.round(percent))
        : Double.toString(percent);
  }
}
