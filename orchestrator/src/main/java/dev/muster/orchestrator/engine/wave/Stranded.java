package dev.muster.orchestrator.engine.wave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Workers that are on nodes which have gone silent, or would go there if they were released: until
/// the cluster has given a dead node up, which takes a while, its workers have no other home.
///
/// They take no places of the nodes that live. Few more are sent after them, so that the first of
/// them tells when its new home has been found.
final class Stranded {
  /// Workers under way on one silent node before no more are released to it.
  private static final int PER_NODE_MAX = 4;

  private final String run;
  private final Live live;
  private final Set<String> silent;
  private final Map<String, Integer> under = new HashMap<>();
  private final List<Member> reachable = new ArrayList<>();
  private int waiting;

  Stranded(String run, Live live, Headroom headroom, List<Member> busy) {
    this.run = run;
    this.live = live;
    this.silent = headroom.silent();
    for (var member : busy) {
      var node = silentNode(member);
      if (node == null) reachable.add(member);
      else under.merge(node, 1, Integer::sum);
    }
  }

  /// Those under way elsewhere.
  List<Member> reachable() {
    return reachable;
  }

  boolean anybody() {
    return !silent.isEmpty();
  }

  /// The silent node it belongs to; null when it belongs to none.
  @Nullable String silentNode(Member member) {
    if (silent.isEmpty()) return null;
    var node = live.node(run, member);
    return node != null && silent.contains(node) ? node : null;
  }

  /// Whether one more may be released to a silent node; counts it.
  boolean follow(String node) {
    if (under.getOrDefault(node, 0) >= PER_NODE_MAX) {
      waiting++;
      return false;
    }
    under.merge(node, 1, Integer::sum);
    return true;
  }

  /// For a hold: empty when there are none.
  String inWords() {
    var count = under.values().stream().mapToInt(Integer::intValue).sum();
    if (count + waiting == 0) return "";
    return "; %d of those under way and %d of those waiting belong to %s, silent"
        .formatted(count, waiting, String.join(", ", silent));
  }
}
