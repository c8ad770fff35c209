package dev.muster.orchestrator.engine.wave;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The places that nodes have for workers, given away one by one.
///
/// A worker that requires labels takes a place among the nodes that offer them, and so one of all
/// places, too. It is counted, not seated: which node hosts it is decided elsewhere, and a node's
/// queue bears some more than its share.
final class Places {
  private final Headroom headroom;

  /// Workers that have a place, by what they require.
  private final Map<List<String>, Integer> taken = new HashMap<>();

  /// Which nodes with headroom offer what is required.
  private final Map<List<String>, Set<String>> hosts = new HashMap<>();

  Places(Headroom headroom, Collection<Member> busy) {
    this.headroom = headroom;
    taken.put(List.of(), 0);
    busy.forEach(member -> taken.merge(member.planned().labels(), 1, Integer::sum));
  }

  /// Takes a place if there is one.
  boolean take(List<String> labels) {
    if (!hasRoom(labels)) return false;
    taken.merge(labels, 1, Integer::sum);
    return true;
  }

  /// Room for one more among the nodes that offer the labels, and wherever these are counted in.
  boolean hasRoom(List<String> labels) {
    var mine = hosts(labels);
    if (mine.isEmpty() || left(labels) <= 0) return false;
    for (var wider : List.copyOf(taken.keySet())) {
      if (hosts(wider).containsAll(mine) && left(wider) <= 0) return false;
    }
    return true;
  }

  private int left(List<String> labels) {
    var mine = hosts(labels);
    var demand = 0;
    for (var entry : taken.entrySet()) {
      // Whoever found a place on a node that is closed by now does not wait for these.
      var others = hosts(entry.getKey());
      var counts = labels.isEmpty() || (!others.isEmpty() && mine.containsAll(others));
      if (counts) demand += entry.getValue();
    }
    return headroom.capacity(labels) - demand;
  }

  private Set<String> hosts(List<String> labels) {
    return hosts.computeIfAbsent(
        labels,
        required -> {
          var nodes = new HashSet<String>();
          for (var room : headroom.nodes()) {
            if (room.capacity() > 0 && room.offers(required)) nodes.add(room.node());
          }
          return nodes;
        });
  }
}
