package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.InstructionCompiler;
import dev.muster.orchestrator.engine.instruction.Overlaps;
import dev.muster.orchestrator.engine.instruction.Reachability;
import dev.muster.orchestrator.engine.plan.Forecaster;
import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.orchestrator.engine.plan.Plan.Gate;
import dev.muster.orchestrator.engine.plan.Plan.Labelled;
import dev.muster.orchestrator.engine.plan.Plan.PlannedWave;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The plan of a run in the shape of `muster plan`, worked out again from what the run carries and
/// the texts that were stored for it.
public record CarriedPlan(
    String run,
    String workforce,
    int total,
    List<PlannedWave> waves,
    List<List<String>> edges,
    List<String> criticalPath,
    List<Gate> gates,
    List<Labelled> labels,
    List<Conflict> conflicts,
    Forecast forecast) {
  public CarriedPlan {
    waves = List.copyOf(waves);
    edges = List.copyOf(edges);
    criticalPath = List.copyOf(criticalPath);
    gates = List.copyOf(gates);
    labels = List.copyOf(labels);
    conflicts = List.copyOf(conflicts);
  }

  record Forecast(long seconds, int slots) {}

  /// @param texts finds an instruction's text by its digest
  public static CarriedPlan of(
      String run, RunPlan plan, int slots, Function<String, @Nullable String> texts) {
    var forecaster = new Forecaster(Map.of());
    var waves = plan.waves().stream().map(wave -> wave(plan, wave, slots, forecaster)).toList();
    var instructions = plan.workers().stream().flatMap(it -> instruction(it, texts)).toList();
    return new CarriedPlan(
        run,
        plan.workforce(),
        plan.workers().size(),
        waves,
        plan.workers().stream()
            .flatMap(worker -> worker.dependencies().stream().map(d -> List.of(d, worker.id())))
            .toList(),
        forecaster.criticalPath(plan.workers()),
        instructions.stream().flatMap(CarriedPlan::gates).toList(),
        Labelled.of(plan.workers()),
        conflicts(plan, instructions),
        new Forecast(waves.stream().mapToLong(PlannedWave::seconds).sum(), slots));
  }

  private static PlannedWave wave(
      RunPlan plan, RunPlan.Wave wave, int slots, Forecaster forecaster) {
    var workers = plan.workers().stream().filter(worker -> worker.wave() == wave.number()).toList();
    var millis = forecaster.waveMillis(workers, Math.min(slots, Math.max(1, wave.parallelMax())));
    return new PlannedWave(
        wave.number(),
        wave.name(),
        workers.stream().map(RunPlan.Planned::id).toList(),
        wave.parallelMax(),
        wave.approval(),
        wave.onFailure(),
        (millis + 999) / 1000);
  }

  private static Stream<WorkerInstruction> instruction(
      RunPlan.Planned worker, Function<String, @Nullable String> texts) {
    var text = texts.apply(worker.instructionDigest());
    if (text == null) return Stream.empty();
    return Stream.ofNullable(
        InstructionCompiler.compile(worker.id() + ".md", text, worker.instructionDigest())
            .compiled());
  }

  private static Stream<Gate> gates(WorkerInstruction instruction) {
    return instruction.blocks().stream()
        .flatMap(block ->
            Stream.ofNullable(block.operation())
                .map(operation ->
                    new Gate(
                        instruction.id(),
                        operation.kind(),
                        operation.risk(),
                        block.ordinal(),
                        OperationKinds.alwaysGated(operation.kind()),
                        operation.writes(),
                        operation.network(),
                        operation.check())));
  }

  private static List<Conflict> conflicts(RunPlan plan, List<WorkerInstruction> instructions) {
    var owners = new TreeMap<String, List<Overlaps.Owner>>();
    for (var instruction : instructions) {
      for (var path : instruction.deliverables()) {
        owners
            .computeIfAbsent(path, _ -> new ArrayList<>())
            .add(new Overlaps.Owner(instruction.id(), "", 1));
      }
    }
    var edges = new LinkedHashMap<String, List<String>>();
    plan.workers().forEach(worker -> edges.put(worker.id(), worker.dependencies()));
    return Overlaps.of(owners, Reachability.of(edges)).stream()
        .map(overlap -> new Conflict(overlap.path(), overlap.workers()))
        .toList();
  }
}
