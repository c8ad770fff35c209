package dev.muster.orchestrator.engine.placement;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Instant;
import java.util.List;

/// Nodes in every standing.
final class Hosts {
  private Hosts() {}

  enum Standing {
    OPEN,
    CLOSED,
    DRAINED,
    EVICTING,
    SILENT,
    ORCHESTRATOR
  }

  /// @param used percent of everything that has a limit
  record Kind(Standing standing, int slots, List<String> labels, double used) {
    static Kind open(int slots, String... labels) {
      return new Kind(Standing.OPEN, slots, List.of(labels), 20);
    }

    Kind in(Standing other) {
      return new Kind(other, slots, labels, used);
    }

    Kind using(double percent) {
      return new Kind(standing, slots, labels, percent);
    }
  }

  static NodeHeadroom node(String name, Kind kind, List<String> busy) {
    var standing = kind.standing();
    var drained = standing == Standing.DRAINED || standing == Standing.EVICTING;
    var open = standing == Standing.OPEN;
    return new NodeHeadroom(
        name,
        name + ":7410",
        "life",
        List.of(standing == Standing.ORCHESTRATOR ? "orchestrator" : "worker"),
        open,
        open ? List.of() : List.of("closed"),
        kind.used(),
        0,
        kind.used(),
        kind.used(),
        HeadroomLimits.DEFAULT,
        kind.slots(),
        0,
        Instant.EPOCH,
        kind.labels(),
        drained,
        standing == Standing.EVICTING,
        standing == Standing.SILENT,
        busy,
        0,
        0,
        null,
        null);
  }
}
