package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Code;
import dev.muster.orchestrator.engine.instruction.DependencyGraph;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Overlaps;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.orchestrator.engine.plan.Plan.Forecast;
import dev.muster.orchestrator.engine.plan.Plan.Gate;
import dev.muster.orchestrator.engine.plan.Plan.Labelled;
import dev.muster.orchestrator.engine.plan.Plan.Limited;
import dev.muster.orchestrator.engine.plan.Plan.PlannedWave;
import dev.muster.orchestrator.engine.plan.WavePlanConfig.Wave;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Works out what would happen. The same files, wave plan and options always give the same plan.
public final class Planner {
  /// Warnings about single files that matter to a plan; the rest are lint's.
  private static final Set<Code> RELEVANT =
      EnumSet.of(
          Code.UNKNOWN_OPERATION,
          Code.INVALID_DELIVERABLE,
          Code.INVALID_DEPENDENCY,
          Code.UNCLEAR_DEPENDENCY,
          Code.INVALID_PRIORITY,
          Code.NO_PRIORITY,
          Code.UNCLOSED_FENCE,
          Code.IGNORED_BLOCK,
          Code.IGNORED_FILE);

  private final WavePlanConfig config;
  private final Options options;
  private final Roster roster;
  private final Forecaster forecaster;
  private final List<Planned> planned = new ArrayList<>();
  private final List<PlannedWave> waves = new ArrayList<>();
  private final List<WorkerInstruction> instructions = new ArrayList<>();
  private final List<Limited> timeLimits = new ArrayList<>();

  private Planner(Workforce workforce, WavePlanConfig config, Options options) {
    this.config = config;
    this.options = options;
    this.roster = Roster.of(workforce, config, options.only());
    this.forecaster = new Forecaster(options.earlier());
  }

  /// @param only null for all
  /// @param slots how many workers all nodes together run at once, at least 1
  /// @param earlier how long workers took in earlier runs, by id
  /// @param strict whether warnings count as errors
  public record Options(
      @Nullable Selector only, int slots, Map<String, Duration> earlier, boolean strict) {
    public Options {
      if (slots < 1)
        throw new IllegalArgumentException("slots is " + slots + ", expected 1 or more");
      earlier = Map.copyOf(earlier);
    }

    public static Options of(int slots) {
      return new Options(null, slots, Map.of(), false);
    }
  }

  public static Plan plan(Workforce workforce, WavePlanConfig config, Options options) {
    return new Planner(workforce, config, options).plan(workforce);
  }

  private Plan plan(Workforce workforce) {
    for (var wave : config.waves()) wave(wave);
    var members = roster.planned();
    var seconds = waves.stream().mapToLong(PlannedWave::seconds).sum();
    var guesses = (int) planned.stream().filter(forecaster::isGuess).count();
    var overlaps = Overlaps.of(members, roster.reachability());
    var findings = findings(workforce, overlaps);
    return new Plan(
        workforce.name(),
        config.name(),
        waves,
        edges(),
        forecaster.criticalPath(planned),
        gates(),
        Labelled.of(planned),
        timeLimits,
        roster.unreleasable(),
        overlaps.stream().map(Planner::conflict).toList(),
        WriteScopes.shared(planned),
        roster.leftOut(),
        new Forecast(seconds, options.slots(), guesses),
        findings,
        planned,
        instructions,
        config.headroom(),
        Scopes.of(roster, findings, quiet()));
  }

  private Stream<Finding> quiet() {
    return roster.all().stream()
        .flatMap(instruction -> instruction.findings().stream())
        .filter(finding -> !isShown(finding));
  }

  private static boolean isShown(Finding finding) {
    return finding.isError() || RELEVANT.contains(finding.code());
  }

  private void wave(Wave wave) {
    var workers = new ArrayList<Planned>();
    for (var member : roster.planned(wave.number())) {
      var compiled = member.compiled();
      if (compiled == null) continue;
      instructions.add(compiled);
      var limit = member.timeLimit();
      if (limit != null) timeLimits.add(Limited.of(compiled.id(), member.file(), limit));
      workers.add(
          new Planned(
              compiled.id(),
              compiled.title(),
              wave.number(),
              compiled.digest(),
              roster.dependencies(compiled.id()),
              compiled.estimate(),
              compiled.labels(),
              compiled.blocks().isEmpty(),
              WriteScopes.of(compiled)));
    }
    if (workers.isEmpty()) return;
    planned.addAll(workers);
    var millis = forecaster.waveMillis(workers, Math.min(options.slots(), wave.parallelMax()));
    waves.add(
        new PlannedWave(
            wave.number(),
            wave.name(),
            workers.stream().map(Planned::id).toList(),
            wave.parallelMax(),
            wave.approval(),
            wave.onFailure(),
            (millis + 999) / 1000));
  }

  private List<List<String>> edges() {
    return planned.stream()
        .flatMap(worker -> worker.dependencies().stream().map(d -> List.of(d, worker.id())))
        .toList();
  }

  private List<Gate> gates() {
    var gates = new ArrayList<Gate>();
    for (var instruction : instructions) {
      for (var block : instruction.blocks()) {
        var operation = block.operation();
        if (operation == null) continue;
        gates.add(
            new Gate(
                instruction.id(),
                operation.kind(),
                operation.risk(),
                block.ordinal(),
                OperationKinds.alwaysGated(operation.kind()),
                operation.writes(),
                operation.network(),
                operation.check()));
      }
    }
    return gates;
  }

  private static Conflict conflict(Overlaps overlap) {
    return new Conflict(overlap.path(), overlap.workers());
  }

  private List<Finding> findings(Workforce workforce, List<Overlaps> overlaps) {
    var findings = new ArrayList<Finding>();
    for (var instruction : roster.all()) {
      instruction.findings().stream().filter(Planner::isShown).forEach(findings::add);
      findings.addAll(roster.findings(instruction));
    }
    findings.addAll(Linter.duplicates(workforce.instructions()));
    overlaps.forEach(overlap -> findings.addAll(overlap.findings()));
    findings.addAll(workforce.agents().findings(workforce.instructions()));
    withoutExecution(findings);
    if (!options.strict()) return findings;
    return findings.stream().map(Finding::raised).toList();
  }

  /// One finding for all of them: in a workforce written for models it is true of every file.
  private void withoutExecution(List<Finding> findings) {
    var ids =
        instructions.stream()
            .filter(instruction -> instruction.blocks().isEmpty())
            .map(WorkerInstruction::id)
            .toList();
    if (ids.isEmpty()) return;
    var file =
        roster.planned().stream()
            .filter(member -> ids.getFirst().equals(member.id()))
            .map(Instruction::file)
            .findFirst()
            .orElse("");
    findings.add(
        Finding.of(
            Code.NO_EXECUTION,
            file,
            1,
            ids.size()
                + " of "
                + planned.size()
                + " workers have no EXECUTION and need a model: "
                + DependencyGraph.named(ids),
            "Add a section ## EXECUTION with bash blocks, or configure a model."));
  }
}
