package dev.muster.orchestrator.engine.headroom;

import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// What every node last said, and when it was heard. Pure.
///
/// The time heard is the listener's own: clocks of two machines need not agree.
record NodesState(PSortedMap<String, Heard> nodes) {
  static final NodesState EMPTY = new NodesState(TreePMap.empty());

  /// Three reports of one second each may be lost before a node counts as silent.
  static final Duration SILENT_AFTER = Duration.ofSeconds(3);

  /// A node that stays away this long is forgotten.
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  record Heard(NodeHeadroom headroom, Instant at) {}

  NodesState with(NodeHeadroom headroom, Instant now) {
    return new NodesState(nodes.plus(headroom.node(), new Heard(headroom, now)));
  }

  /// Whether a report says more than what it used last time: who waits for a node that opens is not
  /// to wait any longer.
  boolean isNews(NodeHeadroom headroom) {
    var before = nodes.get(headroom.node());
    return before == null || !gist(before.headroom()).equals(gist(headroom));
  }

  private static List<Object> gist(NodeHeadroom it) {
    return List.of(
        it.incarnation(),
        it.open(),
        it.slots(),
        it.labels(),
        it.drained(),
        it.evicting(),
        it.silent());
  }

  NodesState silenced(Instant now) {
    var next = nodes;
    for (var node : nodes.entrySet()) {
      var heard = node.getValue();
      var silence = Duration.between(heard.at(), now);
      if (silence.compareTo(FORGOTTEN_AFTER) > 0) next = next.minus(node.getKey());
      else if (silence.compareTo(SILENT_AFTER) > 0) next = next.plus(node.getKey(), closed(heard));
    }
    return new NodesState(next);
  }

  Set<String> names() {
    return nodes.keySet();
  }

  List<NodeHeadroom> headrooms() {
    return nodes.values().stream().map(Heard::headroom).toList();
  }

  private static Heard closed(Heard heard) {
    if (heard.headroom().silent()) return heard;
    var reason = "silent for more than " + SILENT_AFTER.toSeconds() + " s";
    return new Heard(heard.headroom().silenced(reason), heard.at());
  }
}
