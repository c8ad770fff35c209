package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan.Planned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who waits for whom, both ways, and who comes before whom. Derived from the plan once; whoever is
/// asked for later has a place, and waits for nobody.
///
/// @param order ids in the order of the plan
/// @param places of the ids in it, from 0
/// @param groups of those who may get in one another's way by what they write. A text that a retry
///   brings leaves its worker where it was: groups spare looking, and decide nothing
record Dependencies(
    Map<String, List<String>> of,
    Map<String, List<String>> dependents,
    List<String> order,
    Map<String, Integer> places,
    Map<String, Integer> groups,
    SubWorkers subs) {
  static Dependencies of(List<Planned> workers) {
    Map<String, List<String>> of = new HashMap<>();
    Map<String, List<String>> dependents = new HashMap<>();
    List<String> order = new ArrayList<>(workers.size());
    Map<String, Integer> places = new HashMap<>();
    for (var worker : workers) {
      places.put(worker.id(), order.size());
      order.add(worker.id());
      of.put(worker.id(), worker.dependencies());
      for (var dependency : worker.dependencies()) {
        dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(worker.id());
      }
    }
    return new Dependencies(
        of, dependents, order, places, WriteGroups.of(workers), SubWorkers.NONE);
  }

  Dependencies with(SubWorkers others) {
    return new Dependencies(of, dependents, order, places, groups, others);
  }

  String at(int place) {
    return place < 0 ? subs.at(place) : order.get(place);
  }

  int place(String worker) {
    var sub = subs.get(worker);
    if (sub != null) return subs.place(sub);
    var place = places.get(worker);
    if (place == null) throw new IllegalStateException("the plan has no worker " + worker);
    return place;
  }

  int group(String worker) {
    return groups.getOrDefault(worker, ReadyLine.NONE);
  }

  List<String> directly(String worker) {
    return of.getOrDefault(worker, List.of());
  }

  /// Those that name this worker themselves.
  List<String> waitingFor(String worker) {
    return dependents.getOrDefault(worker, List.of());
  }

  /// Everything that rests on any of these, nearest first.
  Set<String> dependentsOf(Collection<String> workers) {
    return reach(workers, dependents);
  }

  private static Set<String> reach(Collection<String> from, Map<String, List<String>> edges) {
    Set<String> reached = new LinkedHashSet<>();
    var queue = new ArrayDeque<String>();
    from.forEach(it -> queue.addAll(edges.getOrDefault(it, List.of())));
    while (!queue.isEmpty()) {
      var next = queue.poll();
      if (reached.add(next)) queue.addAll(edges.getOrDefault(next, List.of()));
    }
    return reached;
  }
}
