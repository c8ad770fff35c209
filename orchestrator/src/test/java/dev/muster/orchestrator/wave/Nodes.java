package dev.muster.orchestrator.wave;

import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.util.List;

/// Clusters of one node.
final class Nodes {
  private Nodes() {}

  /// @param slots with none the node is closed, since its CPU is busy
  static ClusterView view(int slots) {
    return slots > 0 ? view(slots, 9) : view(0, 99);
  }

  static ClusterView view(int slots, double cpuPercent) {
    var open = slots > 0;
    var node =
        new NodeHeadroom(
            "node-a",
            "",
            "i",
            List.of("worker"),
            open,
            open ? List.of() : List.of("CPU 99% ≥ 80%"),
            cpuPercent,
            0,
            10,
            10,
            HeadroomLimits.DEFAULT,
            slots,
            0,
            Simulation.T0);
    return new ClusterView(List.of(node), 1);
  }
}
