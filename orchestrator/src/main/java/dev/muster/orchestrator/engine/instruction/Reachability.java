package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who waits for whom in the end, along any number of others.
///
/// Questions are answered in bulk: 64 of them travel along all edges at once, as one bit each, from
/// the last worker to the first. That is linear in the graph for every 64 questions, where asking
/// one by one would walk the graph for each.
public final class Reachability {
  private static final int BITS = Long.SIZE;

  private final Map<String, Integer> positions = new HashMap<>();
  private final int[][] dependencies;

  /// @param later who may wait, in the end, for `earlier`
  public record Pair(String later, String earlier) {}

  private Reachability(List<String> order, Map<String, List<String>> edges) {
    for (var id : order) positions.put(id, positions.size());
    dependencies = new int[order.size()][];
    for (var at = 0; at < dependencies.length; at++) {
      dependencies[at] =
          edges.getOrDefault(order.get(at), List.of()).stream()
              .filter(positions::containsKey)
              .mapToInt(this::position)
              .toArray();
    }
  }

  /// @param edges for every worker those it waits for directly
  public static Reachability of(Map<String, List<String>> edges) {
    var open = new HashMap<String, Integer>();
    var dependents = new HashMap<String, List<String>>();
    edges.forEach((id, dependencies) -> {
      var inside = dependencies.stream().filter(edges::containsKey).distinct().toList();
      open.put(id, inside.size());
      inside.forEach(d -> dependents.computeIfAbsent(d, _ -> new ArrayList<>()).add(id));
    });
    var ready = new ArrayDeque<String>();
    for (var id : edges.keySet()) if (count(open, id) == 0) ready.add(id);
    var order = new LinkedHashSet<String>();
    while (!ready.isEmpty()) {
      var id = ready.removeFirst();
      order.add(id);
      for (var dependent : dependents.getOrDefault(id, List.of())) {
        if (open.merge(dependent, -1, Integer::sum) == 0) ready.add(dependent);
      }
    }
    order.addAll(edges.keySet()); // those that wait in circles, who are never released anyway
    return new Reachability(List.copyOf(order), edges);
  }

  private static int count(Map<String, Integer> open, String id) {
    return open.getOrDefault(id, 0);
  }

  /// Where a worker stands in one order in which all of them could be carried out, from 0.
  public int position(String id) {
    return positions.getOrDefault(id, 0);
  }

  /// Those of the pairs whose first really waits for its second.
  public Set<Pair> waiting(Collection<Pair> questions) {
    var pairs = List.copyOf(questions);
    var waiting = new LinkedHashSet<Pair>();
    var marks = new long[dependencies.length];
    for (var start = 0; start < pairs.size(); start += BITS) {
      var batch = pairs.subList(start, Math.min(pairs.size(), start + BITS));
      Arrays.fill(marks, 0);
      for (var bit = 0; bit < batch.size(); bit++) {
        if (known(batch.get(bit))) marks[position(batch.get(bit).later())] |= 1L << bit;
      }
      spread(marks);
      for (var bit = 0; bit < batch.size(); bit++) {
        var pair = batch.get(bit);
        if (known(pair) && (marks[position(pair.earlier())] & 1L << bit) != 0) waiting.add(pair);
      }
    }
    return waiting;
  }

  private boolean known(Pair pair) {
    return positions.containsKey(pair.later()) && positions.containsKey(pair.earlier());
  }

  private void spread(long[] marks) {
    for (var at = marks.length - 1; at >= 0; at--) {
      if (marks[at] == 0) continue;
      for (var dependency : dependencies[at]) marks[dependency] |= marks[at];
    }
  }
}
