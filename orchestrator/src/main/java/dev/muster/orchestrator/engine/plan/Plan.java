package dev.muster.orchestrator.engine.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.TimeLimit;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would happen if a workforce ran, before anything does. As JSON it is what `muster plan -o
/// json` prints; [#toRunPlan] is what a run carries.
///
/// @param workforce name of the folder
/// @param plan name of the wave plan
/// @param waves ascending, those without workers left out
/// @param edges pairs: who must complete first, and who waits for it
/// @param criticalPath the chain of dependencies that takes longest, first to last
/// @param gates operations that will ask for approval
/// @param labels workers that not every node can carry out, with what theirs must offer
/// @param timeLimits how long an attempt of each worker may run, and who says so
/// @param unreleasable workers that can never be released, and files that are no workers
/// @param conflicts paths that several workers of the run own
/// @param oneAtATime paths at or below which several workers of a wave may write, who therefore
///   never run at the same time
/// @param leftOut ids that the wave plan or `--only` does not select
/// @param findings errors, and what concerns the plan as a whole
/// @param workers what a run needs to know of each planned worker, by wave, then id
/// @param instructions the compiled instructions of the planned workers
/// @param scope how much of the folder this is
@JsonPropertyOrder({
  "workforce",
  "plan",
  "total",
  "waves",
  "edges",
  "criticalPath",
  "gates",
  "labels",
  "timeLimits",
  "unreleasable",
  "conflicts",
  "oneAtATime",
  "leftOut",
  "forecast",
  "findings"
})
public record Plan(
    String workforce,
    String plan,
    List<PlannedWave> waves,
    List<List<String>> edges,
    List<String> criticalPath,
    List<Gate> gates,
    List<Labelled> labels,
    List<Limited> timeLimits,
    List<Unreleasable> unreleasable,
    List<Conflict> conflicts,
    List<Conflict> oneAtATime,
    List<String> leftOut,
    Forecast forecast,
    List<Finding> findings,
    @JsonIgnore List<RunPlan.Planned> workers,
    @JsonIgnore List<WorkerInstruction> instructions,
    @JsonIgnore @Nullable HeadroomLimits limits,
    @JsonIgnore RunScope scope) {
  public Plan {
    waves = List.copyOf(waves);
    edges = List.copyOf(edges);
    criticalPath = List.copyOf(criticalPath);
    gates = List.copyOf(gates);
    labels = List.copyOf(labels);
    timeLimits = List.copyOf(timeLimits);
    unreleasable = List.copyOf(unreleasable);
    conflicts = List.copyOf(conflicts);
    oneAtATime = List.copyOf(oneAtATime);
    leftOut = List.copyOf(leftOut);
    findings = List.copyOf(findings);
    workers = List.copyOf(workers);
    instructions = List.copyOf(instructions);
  }

  /// @param approval whether somebody must approve before the wave is released
  /// @param seconds how long the wave is expected to take
  public record PlannedWave(
      int wave,
      String name,
      List<String> workers,
      int maxParallel,
      boolean approval,
      RunPlan.FailurePolicy onFailure,
      long seconds) {
    public PlannedWave {
      workers = List.copyOf(workers);
    }
  }

  /// @param block which block of EXECUTION, from 1
  /// @param alwaysGated whether `--approve low` leaves it to a person
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Gate(
      String worker,
      String kind,
      Risk risk,
      int block,
      boolean alwaysGated,
      List<String> writes,
      boolean network,
      @Nullable String check) {
    public Gate {
      writes = List.copyOf(writes);
    }
  }

  /// @param labels sorted
  public record Labelled(String worker, List<String> labels) {
    public Labelled {
      labels = List.copyOf(labels);
    }

    /// Those of the workers that require any.
    public static List<Labelled> of(List<RunPlan.Planned> workers) {
      return workers.stream()
          .filter(worker -> !worker.labels().isEmpty())
          .map(worker -> new Labelled(worker.id(), worker.labels()))
          .toList();
    }
  }

  /// @param from where the limit comes from, in words
  public record Limited(String worker, double seconds, TimeLimit.Source source, String from) {
    static Limited of(String worker, String file, TimeLimit limit) {
      return new Limited(
          worker, limit.limit().toMillis() / 1000.0, limit.source(), limit.from(file));
    }
  }

  /// @param worker null for a file that has no id
  /// @param line of its file where the reason stands
  /// @param planned true when it is part of the run all the same, and will fail or be blocked there
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Unreleasable(
      @Nullable String worker, String file, int line, String reason, boolean planned) {}

  public record Conflict(String path, List<String> workers) {
    public Conflict {
      workers = List.copyOf(workers);
    }
  }

  /// @param seconds from the first release to the last verdict, approvals not counted
  /// @param slots how many workers were assumed to run at once
  /// @param unestimated workers without an estimate or an earlier run, counted with a default
  public record Forecast(long seconds, int slots, int unestimated) {}

  /// How many workers would run.
  @JsonProperty
  public int total() {
    return workers.size();
  }

  public boolean hasErrors() {
    return findings.stream().anyMatch(Finding::isError);
  }

  /// What a run carries: planned workers only, each with those dependencies that run, too, and what
  /// is left out.
  public RunPlan toRunPlan() {
    return new RunPlan(
        workforce,
        waves.stream()
            .map(wave ->
                new RunPlan.Wave(
                    wave.wave(),
                    wave.name(),
                    wave.maxParallel(),
                    wave.approval(),
                    wave.onFailure()))
            .toList(),
        workers,
        limits,
        scope);
  }
}
