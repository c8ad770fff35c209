package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Code;
import dev.muster.orchestrator.engine.instruction.DependencyGraph;
import dev.muster.orchestrator.engine.instruction.DependencyGraph.Edge;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Reachability;
import dev.muster.orchestrator.engine.instruction.WorkerIds;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan.Unreleasable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who takes part in a run, in which wave, and who cannot.
final class Roster {
  private final WavePlanConfig config;
  private final @Nullable Selector only;
  private final Map<String, Instruction> members = new TreeMap<>(WorkerIds.ORDER);
  private final Map<String, Integer> waves = new HashMap<>();
  private final List<Instruction> nameless = new ArrayList<>();
  private final Set<String> leftOut = new TreeSet<>(WorkerIds.ORDER);
  private final Map<String, List<String>> dependents = new HashMap<>();

  /// Why a worker cannot be part of the run.
  private final Map<String, Fate> unplannable = new LinkedHashMap<>();

  /// Why a worker that is part of the run can only fail or be blocked there.
  private final Map<String, Fate> doomed = new LinkedHashMap<>();

  /// @param line of the worker's file where the reason stands
  private record Fate(int line, String reason) {
    static Fate of(Finding finding) {
      return new Fate(finding.line(), finding.message());
    }
  }

  private DependencyGraph graph = DependencyGraph.of(List.of(), _ -> 0, "");

  private Roster(WavePlanConfig config, @Nullable Selector only) {
    this.config = config;
    this.only = only;
  }

  static Roster of(Workforce workforce, WavePlanConfig config, @Nullable Selector only) {
    var roster = new Roster(config, only);
    roster.enlist(workforce);
    roster.keepFirst();
    roster.connect();
    roster.judge(workforce);
    return roster;
  }

  private void enlist(Workforce workforce) {
    for (var instruction : workforce.instructions()) {
      var id = instruction.id();
      if (id == null) {
        nameless.add(instruction);
      } else if (!members.containsKey(id)) {
        var wave = config.waveOf(instruction);
        if (wave == 0 || (only != null && !only.matches(instruction, wave))) {
          leftOut.add(id);
        } else {
          members.put(id, instruction);
          waves.put(id, wave);
        }
      }
    }
  }

  /// Applies the waves' own `first`; what cannot run does not take a place.
  private void keepFirst() {
    for (var wave : config.waves()) {
      if (wave.first() == null) continue;
      var beyond =
          members.entrySet().stream()
              .filter(e -> waveOf(e.getKey()) == wave.number() && e.getValue().compiled() != null)
              .skip(wave.first())
              .map(Map.Entry::getKey)
              .toList();
      beyond.forEach(members::remove);
      leftOut.addAll(beyond);
    }
  }

  private void connect() {
    graph =
        DependencyGraph.of(
            List.copyOf(members.values()), i -> waveOf(String.valueOf(i.id())), "this run");
    for (var id : members.keySet()) {
      for (var edge : graph.edges(id)) {
        dependents.computeIfAbsent(edge.dependency(), _ -> new ArrayList<>()).add(id);
      }
    }
  }

  private void judge(Workforce workforce) {
    var idOf = new HashMap<String, @Nullable String>();
    workforce.instructions().forEach(i -> idOf.put(i.file(), i.id()));
    for (var duplicate : Linter.duplicates(workforce.instructions())) {
      var id = idOf.get(duplicate.file());
      if (id != null && members.containsKey(id)) unplannable.putIfAbsent(id, Fate.of(duplicate));
    }
    members.forEach((id, member) -> {
      if (member.compiled() == null) note(unplannable, id, member.findings());
      note(unplannable, id, graph.findings(id));
    });
    spread(unplannable, "which is left out");
    members.forEach((id, member) ->
        member.findings().stream()
            .filter(finding -> finding.code() == Code.NO_TEST && !unplannable.containsKey(id))
            .forEach(finding ->
                doomed.put(
                    id, new Fate(finding.line(), "it has no test and fails before execution"))));
    spread(doomed, "which will fail");
    doomed.keySet().removeAll(unplannable.keySet());
  }

  private static void note(Map<String, Fate> reasons, String id, List<Finding> findings) {
    findings.stream()
        .filter(Finding::isError)
        .findFirst()
        .ifPresent(finding -> reasons.putIfAbsent(id, Fate.of(finding)));
  }

  /// Whoever waits for one of them shares their fate.
  private void spread(Map<String, Fate> reasons, String why) {
    var next = new ArrayDeque<>(reasons.keySet());
    while (!next.isEmpty()) {
      var id = next.removeFirst();
      for (var dependent : dependents.getOrDefault(id, List.of())) {
        if (reasons.containsKey(dependent)) continue;
        reasons.put(dependent, new Fate(line(dependent, id), "it waits for " + id + ", " + why));
        next.add(dependent);
      }
    }
  }

  /// Where the file of one worker names another.
  private int line(String dependent, String dependency) {
    return graph.edges(dependent).stream()
        .filter(edge -> edge.dependency().equals(dependency))
        .mapToInt(Edge::line)
        .findFirst()
        .orElse(1);
  }

  private int waveOf(String id) {
    return waves.getOrDefault(id, 0);
  }

  /// Everybody who is selected and every file without an id, usable or not.
  List<Instruction> all() {
    var all = new ArrayList<>(members.values());
    all.addAll(nameless);
    return all;
  }

  /// Those who would run, by id.
  List<Instruction> planned() {
    return members.values().stream().filter(m -> !unplannable.containsKey(m.id())).toList();
  }

  List<Instruction> planned(int wave) {
    return planned().stream().filter(m -> waveOf(String.valueOf(m.id())) == wave).toList();
  }

  List<String> dependencies(String id) {
    return graph.edges(id).stream().map(Edge::dependency).toList();
  }

  Reachability reachability() {
    return graph.reachability();
  }

  List<Finding> findings(Instruction instruction) {
    return instruction.id() == null ? List.of() : graph.findings(instruction.id());
  }

  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  List<Unreleasable> unreleasable() {
    var result = new ArrayList<Unreleasable>();
    unplannable.forEach((id, fate) -> result.add(unreleasable(id, fate, false)));
    doomed.forEach((id, fate) -> result.add(unreleasable(id, fate, true)));
    result.sort(Comparator.comparing(u -> String.valueOf(u.worker()), WorkerIds.ORDER));
    for (var instruction : nameless) {
      var why = instruction.findings().stream().filter(Finding::isError).findFirst();
      result.add(
          new Unreleasable(
              null,
              instruction.file(),
              why.map(Finding::line).orElse(1),
              why.map(Finding::message).orElse("it has no id"),
              false));
    }
    return result;
  }

  private Unreleasable unreleasable(String id, Fate fate, boolean planned) {
    return new Unreleasable(id, file(id), fate.line(), fate.reason(), planned);
  }

  private String file(String id) {
    var member = members.get(id);
    return member == null ? "" : member.file();
  }
}
