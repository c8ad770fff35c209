package dev.muster.orchestrator.readside.view;

import dev.muster.orchestrator.engine.membership.Registered;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.view.NodeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of nodes, by what they report and by the registry.
public final class NodeViews {
  private static final String UP = "UP";
  private static final String SILENT = "SILENT";
  private static final String DOWN = "DOWN";

  private NodeViews() {}

  /// Every node that has reported or is registered, by name, but those that have left for good:
  /// they are silent, and struck off the registry.
  ///
  /// @param registered empty when the registry does not answer: then silence is all that is known
  public static List<NodeView> all(List<NodeHeadroom> reported, List<Registered> registered) {
    Map<String, Registered> rows =
        registered.stream()
            .filter(row -> !row.forgotten())
            .collect(Collectors.toMap(Registered::name, Function.identity()));
    var nodes = new TreeMap<String, NodeView>();
    rows.forEach((name, row) -> nodes.put(name, unheard(row)));
    for (var node : reported) {
      var row = rows.get(node.node());
      var gone = node.silent() && row == null && !rows.isEmpty();
      if (!gone) nodes.put(node.node(), heard(node, row));
    }
    return List.copyOf(nodes.values());
  }

  private static NodeView heard(NodeHeadroom node, @Nullable Registered row) {
    // Who drains a node sees it at once; the node itself says so with its next report.
    var drained = node.drained() || (row != null && row.drained() != null);
    if (!node.silent()) return of(node, UP, node.reasons(), drained);
    if (row == null) return of(node, SILENT, node.reasons(), drained);
    return row.live()
        ? of(node, SILENT, node.reasons(), drained)
        : of(node, DOWN, List.of(lastSign(row)), drained);
  }

  private static NodeView of(
      NodeHeadroom node, String status, List<String> reasons, boolean drained) {
    return new NodeView(
        node.node(),
        node.address(),
        node.roles(),
        status,
        node.open() && !drained,
        reasons,
        rounded(node.cpuPercent()),
        rounded(node.cpuOwnPercent()),
        rounded(node.memoryPercent()),
        rounded(node.diskPercent()),
        node.limits(),
        node.slots(),
        node.slotsBusy(),
        node.labels(),
        drained,
        node.slotsBusy() + node.queued(),
        node.attemptsDone(),
        node.at(),
        node.sandbox());
  }

  /// Never heard of by this orchestrator, which may just have started, as may the node.
  private static NodeView unheard(Registered row) {
    return new NodeView(
        row.name(),
        row.address(),
        row.roles(),
        row.live() ? SILENT : DOWN,
        false,
        List.of(row.live() ? "has not reported its headroom yet" : lastSign(row)),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        row.drained() != null,
        null,
        null,
        null,
        null);
  }

  private static String lastSign(Registered row) {
    var silence = "no sign of life for " + inWords(row.silence());
    return row.joined() ? silence : "out of the cluster, " + silence;
  }

  private static String inWords(Duration duration) {
    if (duration.toMinutes() < 2) return duration.toSeconds() + " s";
    return duration.toHours() < 2 ? duration.toMinutes() + " min" : duration.toHours() + " h";
  }

  private static double rounded(double percent) {
    return Math.round(percent * 10) / 10.0;
  }
}
