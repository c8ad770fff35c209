package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.DependencyGraph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds who waits for himself: the strongly connected components of the graph, by Tarjan's
/// algorithm with an explicit stack (R. Tarjan, "Depth-first search and linear graph algorithms",
/// 1972), because a chain of 50,000 workers must not overflow the call stack.
final class Cycles {
  private static final int PATH_MAX = 10;

  private final Map<String, List<Edge>> edges;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final ArrayDeque<String> open = new ArrayDeque<>();
  private final Set<String> onStack = new HashSet<>();
  private final List<Cycle> cycles = new ArrayList<>();

  private Cycles(Map<String, List<Edge>> edges) {
    this.edges = edges;
  }

  /// @param members all who wait for each other in some way
  /// @param path one shortest way round, first and last the same; cut after a few
  record Cycle(Set<String> members, List<String> path) {}

  static List<Cycle> find(Map<String, List<Edge>> edges) {
    var search = new Cycles(edges);
    for (var id : edges.keySet()) {
      if (!search.index.containsKey(id)) search.visit(id);
    }
    return search.cycles;
  }

  private static final class Frame {
    final String id;
    int next;

    Frame(String id) {
      this.id = id;
    }
  }

  private void visit(String root) {
    var frames = new ArrayDeque<Frame>();
    frames.push(enter(root));
    while (!frames.isEmpty()) {
      var frame = frames.getFirst();
      var targets = edges.getOrDefault(frame.id, List.of());
      if (frame.next < targets.size()) {
        var target = targets.get(frame.next++).dependency();
        if (!index.containsKey(target)) {
          frames.push(enter(target));
        } else if (onStack.contains(target)) {
          low.merge(frame.id, index(target), Math::min);
        }
      } else {
        frames.pop();
        leave(frame.id);
        if (!frames.isEmpty()) low.merge(frames.getFirst().id, lowOf(frame.id), Math::min);
      }
    }
  }

  private Frame enter(String id) {
    low.put(id, index.size());
    index.put(id, index.size());
    open.push(id);
    onStack.add(id);
    return new Frame(id);
  }

  private void leave(String id) {
    if (lowOf(id) != index(id)) return;
    var members = new ArrayList<String>();
    String member;
    do {
      member = open.pop();
      onStack.remove(member);
      members.add(member);
    } while (!member.equals(id));
    var selfish =
        edges.getOrDefault(id, List.of()).stream().anyMatch(e -> e.dependency().equals(id));
    if (members.size() == 1 && !selfish) return;
    members.sort(WorkerIds.ORDER);
    cycles.add(new Cycle(new LinkedHashSet<>(members), shortestWayRound(members)));
  }

  private List<String> shortestWayRound(List<String> members) {
    var start = members.getFirst();
    var inside = new HashSet<>(members);
    var cameFrom = new HashMap<String, String>();
    var next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      var at = next.removeFirst();
      for (var edge : edges.getOrDefault(at, List.of())) {
        var to = edge.dependency();
        if (to.equals(start)) return path(start, at, cameFrom);
        if (inside.contains(to) && cameFrom.putIfAbsent(to, at) == null) next.add(to);
      }
    }
    return List.of(start, start);
  }

  private static List<String> path(String start, String end, Map<String, String> cameFrom) {
    var path = new ArrayList<String>();
    path.add(start);
    for (String at = end; at != null && !at.equals(start); at = cameFrom.get(at)) path.add(at);
    path.add(start);
    Collections.reverse(path);
    if (path.size() > PATH_MAX) {
      path.subList(PATH_MAX - 2, path.size() - 1).clear();
      path.add(PATH_MAX - 2, "…");
    }
    return path;
  }

  private int index(String id) {
    return index.getOrDefault(id, 0);
  }

  private int lowOf(String id) {
    return low.getOrDefault(id, 0);
  }
}
