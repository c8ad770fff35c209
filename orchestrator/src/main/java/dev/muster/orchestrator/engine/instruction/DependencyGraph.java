package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Who waits for whom, with ranges and phases resolved against the workers that are there.
///
/// Everything is in a fixed order, so that the same files always give the same graph.
public final class DependencyGraph {
  /// Edges of one graph; a worker that would exceed them is refused with a finding.
  public static final int EDGES_MAX = 500_000;

  /// What looking at ranges and own phases may cost in all, so that no folder keeps us busy.
  private static final long STEPS_MAX = 100_000_000;

  private static final int NAMED_MAX = 5;

  /// @param dependency who must complete first
  /// @param line where the waiting worker's file says so
  public record Edge(String dependency, int line) {}

  private final Map<String, Instruction> byId = new LinkedHashMap<>();
  private final TreeMap<Integer, List<String>> byNumber = new TreeMap<>();
  private final Map<String, Map<String, Edge>> found = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, List<Edge>> edges = new LinkedHashMap<>();
  private final Map<String, List<Finding>> findings = new HashMap<>();
  private final String place;
  private long steps;
  private int edgeCount;

  private DependencyGraph(String place) {
    this.place = place;
  }

  /// @param workers what takes part; of two with one id the first counts, those without id do not
  /// @param waveOf the wave of each
  /// @param place what messages call the whole: `this folder`, `this run`
  public static DependencyGraph of(
      List<Instruction> workers, ToIntFunction<Instruction> waveOf, String place) {
    var graph = new DependencyGraph(place);
    for (var worker : workers) {
      var id = worker.id();
      if (id == null || graph.byId.putIfAbsent(id, worker) != null) continue;
      graph.byNumber.computeIfAbsent(WorkerIds.number(id), _ -> new ArrayList<>()).add(id);
    }
    graph.resolve();
    graph.findLaterWaves(waveOf);
    graph.findCycles();
    return graph;
  }

  /// The direct dependencies of a worker that take part, by id.
  public List<Edge> edges(String id) {
    return edges.getOrDefault(id, List.of());
  }

  /// Who waits for whom in the end.
  public Reachability reachability() {
    var dependencies = new LinkedHashMap<String, List<String>>();
    for (var id : byId.keySet()) {
      dependencies.put(id, edges(id).stream().map(Edge::dependency).toList());
    }
    return Reachability.of(dependencies);
  }

  /// What is wrong with the dependencies of a worker.
  public List<Finding> findings(String id) {
    return Collections.unmodifiableList(findings.getOrDefault(id, List.of()));
  }

  /// First what is named one by one, then other phases, and last the phases a worker is in itself.
  private void resolve() {
    byId.forEach((id, worker) -> {
      found.put(id, new LinkedHashMap<>());
      for (var reference : worker.dependencies()) {
        switch (reference) {
          case Reference.Worker(var line, var named) -> add(id, line, one(worker, line, named));
          case Reference.Range range -> add(id, range.line(), range(worker, id, range));
          case Reference.Phases _ -> {}
        }
      }
    });
    var phases = new Phases(byId);
    byId.forEach((id, worker) -> otherPhases(id, worker, phases));
    ownPhases(phases);
    found.forEach((id, all) ->
        edges.put(
            id,
            all.values().stream()
                .sorted(Comparator.comparing(Edge::dependency, WorkerIds.ORDER))
                .toList()));
    found.clear();
  }

  private void otherPhases(String id, Instruction worker, Phases phases) {
    for (var span : Phases.spans(worker, false)) {
      var awaited = phases.awaited(span, this::named);
      if (awaited.isEmpty()) {
        unknown(worker, span.line(), "no worker of " + span.text() + " is in " + place);
      }
      add(id, span.line(), awaited);
    }
  }

  private Set<String> named(String id) {
    return found.getOrDefault(id, new LinkedHashMap<>()).keySet();
  }

  /// The narrower first: what it orders holds for the wider, too.
  private void ownPhases(Phases phases) {
    var namers = new HashMap<String, Map<String, Reference.Phases>>();
    byId.forEach((id, worker) -> {
      for (var span : Phases.spans(worker, true)) {
        namers.computeIfAbsent(span.text(), _ -> new LinkedHashMap<>()).putIfAbsent(id, span);
      }
    });
    var spans = new ArrayList<>(namers.values());
    spans.sort(
        Comparator.comparingInt((Map<String, Reference.Phases> by) -> members(phases, by).size())
            .thenComparing(by -> any(by).text()));
    for (var by : spans) {
      if (steps > STEPS_MAX) {
        by.forEach((id, span) -> tooMany(id, span.line()));
        continue;
      }
      var known = new LinkedHashMap<String, Set<String>>();
      found.forEach((id, all) -> known.put(id, all.keySet()));
      steps += known.size() + edgeCount;
      phases
          .awaitedByOwn(any(by), by.keySet(), known)
          .forEach((id, awaited) -> add(id, line(by, id), awaited));
    }
  }

  private static List<String> members(Phases phases, Map<String, Reference.Phases> by) {
    return phases.members(any(by));
  }

  private static Reference.Phases any(Map<String, Reference.Phases> by) {
    return by.values().iterator().next();
  }

  private static int line(Map<String, Reference.Phases> by, String id) {
    var span = by.get(id);
    return span == null ? 1 : span.line();
  }

  private void add(String id, int line, List<String> dependencies) {
    var all = found.get(id);
    if (all == null || refused.contains(id)) return;
    if (edgeCount + dependencies.size() > EDGES_MAX) {
      tooMany(id, line);
      return;
    }
    var before = all.size();
    for (var dependency : dependencies) all.putIfAbsent(dependency, new Edge(dependency, line));
    edgeCount += all.size() - before;
  }

  /// It keeps none of its edges: half of them would let it start too early.
  private void tooMany(String id, int line) {
    if (!refused.add(id)) return;
    var all = found.get(id);
    if (all != null) {
      edgeCount -= all.size();
      all.clear();
    }
    add(
        worker(id),
        Code.TOO_MANY_DEPENDENCIES,
        line,
        "its dependencies bring the workforce above " + EDGES_MAX + " edges",
        "Wait for a last worker of a phase instead of for all of it.");
  }

  private List<String> one(Instruction worker, int line, String id) {
    if (byId.containsKey(id)) return List.of(id);
    var alike = byNumber.getOrDefault(WorkerIds.number(id), List.of());
    if (alike.size() == 1) return alike; // WORKER_19 means WORKER_019
    unknown(worker, line, id + isNot(1));
    return List.of();
  }

  private List<String> range(Instruction worker, String self, Reference.Range range) {
    steps += range.size();
    if (steps > STEPS_MAX) {
      tooMany(self, range.line());
      return List.of();
    }
    var inside = byNumber.subMap(range.from(), true, range.to(), true);
    if (inside.size() < range.size()) {
      var absent =
          IntStream.rangeClosed(range.from(), range.to())
              .filter(number -> !inside.containsKey(number))
              .mapToObj(range::id)
              .toList();
      unknown(worker, range.line(), named(absent) + " of " + range.text() + isNot(absent.size()));
    }
    return inside.values().stream().flatMap(List::stream).filter(id -> !id.equals(self)).toList();
  }

  private String isNot(int count) {
    return (count == 1 ? " is" : " are") + " not in " + place;
  }

  private void unknown(Instruction worker, int line, String what) {
    add(
        worker,
        Code.UNKNOWN_DEPENDENCY,
        line,
        what + "; that counts as met",
        "Add the file, or drop the dependency.");
  }

  private void findLaterWaves(ToIntFunction<Instruction> waveOf) {
    edges.forEach((id, dependencies) -> {
      var worker = worker(id);
      var wave = waveOf.applyAsInt(worker);
      var later = new TreeMap<Integer, List<String>>();
      for (var edge : dependencies) {
        if (waveOf.applyAsInt(worker(edge.dependency())) > wave) {
          later.computeIfAbsent(edge.line(), _ -> new ArrayList<>()).add(edge.dependency());
        }
      }
      later.forEach((line, ids) ->
          add(
              worker,
              Code.LATER_WAVE_DEPENDENCY,
              line,
              "it is in wave "
                  + wave
                  + " and waits for "
                  + named(ids)
                  + " of a later wave:"
                  + " it could never be released",
              "Move it to a later wave, or the other to an earlier one."));
    });
  }

  private void findCycles() {
    for (var cycle : Cycles.find(edges)) {
      var way = cycle.members().size() == 1 ? "" : ": " + String.join(" → ", cycle.path());
      for (var id : cycle.members()) {
        add(
            worker(id),
            Code.DEPENDENCY_CYCLE,
            lineInto(id, cycle),
            "it waits for itself" + way,
            "Drop one of these dependencies.");
      }
    }
  }

  private int lineInto(String id, Cycles.Cycle cycle) {
    return edges(id).stream()
        .filter(edge -> cycle.members().contains(edge.dependency()))
        .mapToInt(Edge::line)
        .min()
        .orElse(1);
  }

  private Instruction worker(String id) {
    var worker = byId.get(id);
    if (worker == null) throw new IllegalStateException(id + " is not in the graph");
    return worker;
  }

  private void add(Instruction worker, Code code, int line, String message, String fix) {
    findings
        .computeIfAbsent(String.valueOf(worker.id()), _ -> new ArrayList<>())
        .add(Finding.of(code, worker.file(), line, message, fix));
  }

  /// The first few of many ids.
  public static String named(List<String> ids) {
    var first = String.join(", ", ids.subList(0, Math.min(ids.size(), NAMED_MAX)));
    return ids.size() <= NAMED_MAX ? first : first + " and " + (ids.size() - NAMED_MAX) + " more";
  }
}
