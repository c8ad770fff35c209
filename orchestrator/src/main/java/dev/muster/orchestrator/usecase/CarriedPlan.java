package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.Overlaps;
import dev.muster.orchestrator.engine.instruction.Reachability;
import dev.muster.orchestrator.engine.plan.Forecaster;
import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.orchestrator.engine.plan.Plan.Gate;
import dev.muster.orchestrator.engine.plan.Plan.Labelled;
import dev.muster.orchestrator.engine.plan.Plan.PlannedWave;
import dev.muster.orchestrator.engine.plan.WriteScopes;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.SubWorkerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The plan of a run in the shape of `muster plan`, worked out again from what the run carries and
/// the texts that were stored for it. Sub-workers are among the workers; but what they take and
/// write is a part of what whoever asked for them takes and may write, and is not counted twice.
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
    List<Conflict> oneAtATime,
    Forecast forecast) {
  private static final int AT_ONCE = 500;

  public CarriedPlan {
    waves = List.copyOf(waves);
    edges = List.copyOf(edges);
    criticalPath = List.copyOf(criticalPath);
    gates = List.copyOf(gates);
    labels = List.copyOf(labels);
    conflicts = List.copyOf(conflicts);
    oneAtATime = List.copyOf(oneAtATime);
  }

  record Forecast(long seconds, int slots) {}

  /// @param compiled finds what texts were compiled to when they were stored, by their digests
  public static CarriedPlan of(
      String run,
      RunPlan plan,
      int slots,
      Function<Collection<String>, Map<String, WorkerInstruction>> compiled) {
    var forecaster = new Forecaster(Map.of());
    var waves = plan.waves().stream().map(wave -> wave(plan, wave, slots, forecaster)).toList();
    var gates = new ArrayList<Gate>();
    var owners = new TreeMap<String, List<Overlaps.Owner>>();
    eachCompiled(
        plan,
        compiled,
        (worker, instruction) -> {
          gates(worker, instruction).forEach(gates::add);
          if (!SubWorkerId.isSub(worker)) own(worker, instruction, owners);
        });
    return new CarriedPlan(
        run,
        plan.workforce(),
        plan.workers().size(),
        waves,
        plan.workers().stream()
            .flatMap(worker -> worker.dependencies().stream().map(d -> List.of(d, worker.id())))
            .toList(),
        forecaster.criticalPath(planned(plan)),
        gates,
        Labelled.of(plan.workers()),
        conflicts(plan, owners),
        WriteScopes.shared(planned(plan)),
        new Forecast(waves.stream().mapToLong(PlannedWave::seconds).sum(), slots));
  }

  private static List<RunPlan.Planned> planned(RunPlan plan) {
    return plan.workers().stream().filter(worker -> !SubWorkerId.isSub(worker.id())).toList();
  }

  private static PlannedWave wave(
      RunPlan plan, RunPlan.Wave wave, int slots, Forecaster forecaster) {
    var workers = plan.workers().stream().filter(worker -> worker.wave() == wave.number()).toList();
    var own = planned(plan).stream().filter(worker -> worker.wave() == wave.number()).toList();
    var millis = forecaster.waveMillis(own, Math.min(slots, Math.max(1, wave.parallelMax())));
    return new PlannedWave(
        wave.number(),
        wave.name(),
        workers.stream().map(RunPlan.Planned::id).toList(),
        wave.parallelMax(),
        wave.approval(),
        wave.onFailure(),
        (millis + 999) / 1000);
  }

  /// In the order of the plan, a few at a time: the texts of all of them together need not fit into
  /// the heap. Several workers may carry one.
  private static void eachCompiled(
      RunPlan plan,
      Function<Collection<String>, Map<String, WorkerInstruction>> compiled,
      BiConsumer<String, WorkerInstruction> consumer) {
    var workers = plan.workers();
    for (var from = 0; from < workers.size(); from += AT_ONCE) {
      var some = workers.subList(from, Math.min(workers.size(), from + AT_ONCE));
      var found = compiled.apply(some.stream().map(RunPlan.Planned::instructionDigest).toList());
      for (var worker : some) {
        var instruction = found.get(worker.instructionDigest());
        if (instruction != null) consumer.accept(worker.id(), instruction);
      }
    }
  }

  private static Stream<Gate> gates(String worker, WorkerInstruction instruction) {
    return instruction.blocks().stream()
        .flatMap(block ->
            Stream.ofNullable(block.operation())
                .map(operation ->
                    new Gate(
                        worker,
                        operation.kind(),
                        operation.risk(),
                        block.ordinal(),
                        OperationKinds.alwaysGated(operation.kind()),
                        operation.writes(),
                        operation.network(),
                        operation.check())));
  }

  private static void own(
      String worker, WorkerInstruction instruction, Map<String, List<Overlaps.Owner>> owners) {
    for (var path : instruction.deliverables()) {
      owners.computeIfAbsent(path, _ -> new ArrayList<>()).add(new Overlaps.Owner(worker, "", 1));
    }
  }

  private static List<Conflict> conflicts(
      RunPlan plan, TreeMap<String, List<Overlaps.Owner>> owners) {
    var edges = new LinkedHashMap<String, List<String>>();
    plan.workers().forEach(worker -> edges.put(worker.id(), worker.dependencies()));
    return Overlaps.of(owners, Reachability.of(edges)).stream()
        .map(overlap -> new Conflict(overlap.path(), overlap.workers()))
        .toList();
  }
}
