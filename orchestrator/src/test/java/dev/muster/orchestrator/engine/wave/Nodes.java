package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.util.List;

/// Clusters of one node, and nodes to add.
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

  /// Closed, with every slot taken.
  static NodeHeadroom busy(int slots) {
    return new NodeHeadroom(
        "node-a",
        "",
        "i",
        List.of("worker"),
        false,
        List.of("CPU 99% ≥ 80%"),
        99,
        0,
        10,
        10,
        HeadroomLimits.DEFAULT,
        slots,
        slots,
        Simulation.T0);
  }

  static NodeHeadroom closed() {
    return view(0).nodes().getFirst();
  }

  /// A node that does not work, above every limit. What it claims to have besides is not its to
  /// give.
  static NodeHeadroom orchestrator() {
    return new NodeHeadroom(
        "orchestrator-1",
        "",
        "i",
        List.of("orchestrator"),
        false,
        List.of("CPU 99% ≥ 80%"),
        99,
        0,
        99,
        99,
        HeadroomLimits.DEFAULT,
        8,
        0,
        Simulation.T0,
        List.of("docker", "gpu"),
        false,
        false,
        false,
        List.of(),
        0,
        0,
        null,
        null);
  }
}
