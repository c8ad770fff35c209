package dev.muster.orchestrator.instruction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Who waits for whom, with ranges and phases resolved against the workers that are there.
///
/// Everything is in a fixed order, so that the same files always give the same graph.
public final class DependencyGraph {
  /// Edges of one graph; a worker that would exceed them is refused with a finding.
  public static final int EDGES_MAX = 500_000;

  private static final int NAMED_MAX = 5;

  /// @param dependency who must complete first
  /// @param line where the waiting worker's file says so
  public record Edge(String dependency, int line) {}

  private final Map<String, Instruction> byId = new LinkedHashMap<>();
  private final TreeMap<Integer, List<String>> byNumber = new TreeMap<>();
  private final Map<String, List<String>> phases = new HashMap<>();
  private final Map<String, List<Edge>> edges = new LinkedHashMap<>();
  private final Map<String, List<Finding>> findings = new HashMap<>();
  private final String place;
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
    graph.byId.forEach(graph::resolve);
    graph.findLaterWaves(waveOf);
    graph.findCycles();
    return graph;
  }

  /// The direct dependencies of a worker that take part, by id.
  public List<Edge> edges(String id) {
    return edges.getOrDefault(id, List.of());
  }

  /// What is wrong with the dependencies of a worker.
  public List<Finding> findings(String id) {
    return Collections.unmodifiableList(findings.getOrDefault(id, List.of()));
  }

  private void resolve(String id, Instruction worker) {
    var found = new LinkedHashMap<String, Edge>();
    for (var reference : worker.dependencies()) {
      for (var dependency : resolve(worker, id, reference)) {
        found.putIfAbsent(dependency, new Edge(dependency, reference.line()));
      }
    }
    if (edgeCount + found.size() > EDGES_MAX) {
      add(
          worker,
          Code.TOO_MANY_DEPENDENCIES,
          worker.dependencies().getFirst().line(),
          "its dependencies bring the workforce above " + EDGES_MAX + " edges",
          "Wait for a last worker of a phase instead of for all of it.");
      return;
    }
    edgeCount += found.size();
    edges.put(
        id,
        found.values().stream()
            .sorted(Comparator.comparing(Edge::dependency, WorkerIds.ORDER))
            .toList());
  }

  private List<String> resolve(Instruction worker, String self, Reference reference) {
    return switch (reference) {
      case Reference.Worker(var line, var id) -> one(worker, line, id);
      case Reference.Range range -> range(worker, self, range);
      case Reference.Phases span -> phases(worker, self, span);
    };
  }

  private List<String> one(Instruction worker, int line, String id) {
    if (byId.containsKey(id)) return List.of(id);
    var alike = byNumber.getOrDefault(WorkerIds.number(id), List.of());
    if (alike.size() == 1) return alike; // WORKER_19 means WORKER_019
    unknown(worker, line, id + isNot(1));
    return List.of();
  }

  private List<String> range(Instruction worker, String self, Reference.Range range) {
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

  private List<String> phases(Instruction worker, String self, Reference.Phases span) {
    var members = phases.computeIfAbsent(span.text(), _ -> membersOf(span));
    if (members.isEmpty()) {
      unknown(worker, span.line(), "no worker of " + span.text() + " is in " + place);
    }
    var phase = worker.placement().phase();
    return phase != null && phase.within(span.from(), span.to())
        ? members.stream().filter(id -> !id.equals(self)).toList()
        : members;
  }

  private List<String> membersOf(Reference.Phases span) {
    return byId.entrySet().stream()
        .filter(entry -> {
          var phase = entry.getValue().placement().phase();
          return phase != null && phase.within(span.from(), span.to());
        })
        .map(Map.Entry::getKey)
        .toList();
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
