package dev.muster.orchestrator.api.metrics;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.view.NodeView;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What nodes have left, by their names.
final class NodeFigures {
  private NodeFigures() {}

  static void expose(Exposition to, List<NodeView> nodes) {
    each(
        to,
        nodes,
        "up",
        "Whether the node reports: 0 for a silent one.",
        node -> node.status().equals("UP") ? 1 : 0);
    each(to, nodes, "open", "Whether the node takes work.", node -> node.open() ? 1 : 0);
    each(to, nodes, "slots", "Attempts that it carries out at once.", NodeView::slots);
    each(to, nodes, "slots_busy", "Attempts that it carries out.", NodeView::slotsBusy);
    to.gauge("muster_node_use_percent", "What is used, of what counts against the limit.");
    for (var it : nodes) {
      to.sample(it.cpuPercent(), "node", it.name(), "resource", "cpu")
          .sample(it.memoryPercent(), "node", it.name(), "resource", "memory")
          .sample(it.diskPercent(), "node", it.name(), "resource", "disk");
    }
    to.gauge("muster_node_limit_percent", "At or above which use the node takes no more work.");
    for (var it : nodes) {
      to.sample(limit(it, HeadroomLimits::cpuPercent), "node", it.name(), "resource", "cpu")
          .sample(limit(it, HeadroomLimits::memoryPercent), "node", it.name(), "resource", "memory")
          .sample(limit(it, HeadroomLimits::diskPercent), "node", it.name(), "resource", "disk");
    }
  }

  private static void each(
      Exposition to,
      List<NodeView> nodes,
      String name,
      String help,
      Function<NodeView, @Nullable Number> figure) {
    to.gauge("muster_node_" + name, help);
    nodes.forEach(node -> to.sample(figure.apply(node), "node", node.name()));
  }

  private static @Nullable Double limit(NodeView node, Function<HeadroomLimits, Double> which) {
    var limits = node.limits();
    return limits == null ? null : which.apply(limits);
  }
}
