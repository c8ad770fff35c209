package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/// Whom a phase means, for somebody who waits for it.
///
/// A phase named by one of its own members means those of it that do not wait for that member, in
/// the end: "all of phase 1 is done", said in the middle of phase 1, speaks of what came before. To
/// find them without asking about every pair, the workers are put into one order in which they
/// could be carried out, whoever names the phase as late as possible and the lower ids first. Then
/// all members behind such a worker wait for it, and all before it are meant.
final class Phases {
  /// Where a phase would bring more edges than this, only its last members are waited for, or only
  /// those since the last worker that named it: who waits for the last has waited for the rest.
  private static final int EDGES_OF_ONE_MAX = 100_000;

  private final Map<String, Instruction> workers;
  private final Map<String, List<String>> members = new HashMap<>();
  private final Map<String, List<String>> lasts = new HashMap<>();
  private final Map<String, Integer> foreign = new HashMap<>();

  Phases(Map<String, Instruction> workers) {
    this.workers = workers;
    workers.values().forEach(worker -> spans(worker, false).forEach(this::count));
  }

  private void count(Reference.Phases span) {
    foreign.merge(span.text(), 1, Integer::sum);
  }

  /// The phases a worker names: those it belongs to itself, or the others.
  static List<Reference.Phases> spans(Instruction worker, boolean own) {
    return worker.dependencies().stream()
        .filter(Reference.Phases.class::isInstance)
        .map(Reference.Phases.class::cast)
        .filter(span -> holds(span, worker) == own)
        .toList();
  }

  private static boolean holds(Reference.Phases span, Instruction worker) {
    var phase = worker.placement().phase();
    return phase != null && phase.within(span.from(), span.to());
  }

  List<String> members(Reference.Phases span) {
    return members.computeIfAbsent(
        span.text(),
        _ ->
            workers.entrySet().stream()
                .filter(entry -> holds(span, entry.getValue()))
                .map(Map.Entry::getKey)
                .toList());
  }

  /// Whom a worker of another phase waits for.
  ///
  /// @param dependencies whom each waits for directly, as the files name them one by one
  List<String> awaited(
      Reference.Phases span, Function<String, ? extends Collection<String>> dependencies) {
    var all = members(span);
    if (!isLarge(all.size(), foreign.getOrDefault(span.text(), 1))) return all;
    return lasts.computeIfAbsent(span.text(), _ -> last(all, dependencies));
  }

  private static boolean isLarge(int members, int namers) {
    return (long) members * namers > EDGES_OF_ONE_MAX;
  }

  /// Those that no other of them waits for.
  private static List<String> last(
      List<String> all, Function<String, ? extends Collection<String>> dependencies) {
    var awaited = new HashSet<String>();
    for (var id : all) {
      for (var dependency : dependencies.apply(id)) {
        if (!dependency.equals(id)) awaited.add(dependency);
      }
    }
    var last = all.stream().filter(id -> !awaited.contains(id)).toList();
    return last.isEmpty() ? all : last;
  }

  /// Whom those wait for who belong to the phase they name.
  ///
  /// @param namers who names it
  /// @param edges whom each waits for directly, as far as is known
  Map<String, List<String>> awaitedByOwn(
      Reference.Phases span, Set<String> namers, Map<String, ? extends Collection<String>> edges) {
    var inside = new HashSet<>(members(span));
    var large = isLarge(inside.size(), namers.size());
    var before = new ArrayList<String>();
    var awaited = new LinkedHashMap<String, List<String>>();
    for (var id : order(namers, edges)) {
      if (namers.contains(id)) {
        awaited.put(id, List.copyOf(before));
        if (large) before.clear();
      }
      if (inside.contains(id)) before.add(id);
    }
    return awaited;
  }

  private static List<String> order(
      Set<String> late, Map<String, ? extends Collection<String>> edges) {
    var open = new HashMap<String, Integer>();
    var dependents = new HashMap<String, List<String>>();
    edges.forEach((id, dependencies) -> {
      var count = 0;
      for (var dependency : dependencies) {
        if (!edges.containsKey(dependency)) continue;
        dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(id);
        count++;
      }
      open.put(id, count);
    });
    var ready =
        new PriorityQueue<String>(
            Comparator.<String, Boolean>comparing(late::contains).thenComparing(WorkerIds.ORDER));
    open.forEach((id, count) -> {
      if (count == 0) ready.add(id);
    });
    var order = new ArrayList<String>();
    while (!ready.isEmpty()) {
      var id = ready.remove();
      order.add(id);
      for (var dependent : dependents.getOrDefault(id, List.of())) {
        if (open.merge(dependent, -1, Integer::sum) == 0) ready.add(dependent);
      }
    }
    return order; // who waits in circles is not in it, and is refused anyway
  }
}
