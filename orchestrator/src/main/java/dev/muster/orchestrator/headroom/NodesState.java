package dev.muster.orchestrator.headroom;

import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What every node last said, and when it was heard. Pure.
///
/// The time heard is the listener's own: clocks of two machines need not agree.
record NodesState(SortedMap<String, Heard> nodes) {
  static final NodesState EMPTY = new NodesState(new TreeMap<>());

  /// Three reports of one second each may be lost before a node counts as silent.
  static final Duration SILENT_AFTER = Duration.ofSeconds(3);

  /// A node that stays away this long is forgotten.
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  record Heard(NodeHeadroom headroom, Instant at) {}

  NodesState with(NodeHeadroom headroom, Instant now) {
    var next = new TreeMap<>(nodes);
    next.put(headroom.node(), new Heard(headroom, now));
    return new NodesState(next);
  }

  NodesState silenced(Instant now) {
    var next = new TreeMap<String, Heard>();
    nodes.forEach((name, heard) -> {
      var silence = Duration.between(heard.at(), now);
      if (silence.compareTo(FORGOTTEN_AFTER) > 0) return;
      next.put(name, silence.compareTo(SILENT_AFTER) > 0 ? closed(heard) : heard);
    });
    return new NodesState(next);
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
