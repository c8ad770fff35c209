package dev.muster.protocol.run;

import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.instruction.Labels;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a plan that a run carries: which workers, in which waves, waiting for whom.
///
/// @param workforce name of the folder
/// @param waves ascending by number, those without workers left out
/// @param limits the plan's own headroom limits; null leaves every node its own
/// @param scope how much of the folder this is; all of it where an older journal does not say
public record RunPlan(
    String workforce,
    List<Wave> waves,
    List<Planned> workers,
    @Nullable HeadroomLimits limits,
    RunScope scope) {
  public RunPlan {
    waves = List.copyOf(waves);
    workers = List.copyOf(workers);
    scope = scope == null ? RunScope.WHOLE : scope;
  }

  /// Of a whole folder.
  public RunPlan(
      String workforce, List<Wave> waves, List<Planned> workers, @Nullable HeadroomLimits limits) {
    this(workforce, waves, workers, limits, RunScope.WHOLE);
  }

  /// The same with other workers.
  public RunPlan with(List<Planned> others) {
    return new RunPlan(workforce, waves, others, limits, scope);
  }

  /// @param parallelMax released and unsettled workers of this wave at once
  /// @param approval an operator must approve before the wave is released
  public record Wave(
      int number, String name, int parallelMax, boolean approval, FailurePolicy onFailure) {}

  /// What a failed worker means for the waves after its own.
  public enum FailurePolicy {
    CONTINUE,
    STOP
  }

  /// @param dependencies ids inside the run that must complete first
  /// @param estimate null when the file gives none
  /// @param labels what its node must offer, sorted; empty when any node will do
  /// @param agent a model does the work
  /// @param writes paths that it may write, as it declares them; at or below each of them it is the
  ///   only one at a time. Empty for one that has scripts, or declares nothing
  public record Planned(
      String id,
      String title,
      int wave,
      String instructionDigest,
      List<String> dependencies,
      @Nullable Duration estimate,
      List<String> labels,
      boolean agent,
      List<String> writes) {
    public Planned {
      dependencies = List.copyOf(dependencies);
      labels = Labels.sorted(labels);
      writes = writes == null ? List.of() : List.copyOf(writes);
    }

    public Planned inWave(int other) {
      return new Planned(
          id, title, other, instructionDigest, dependencies, estimate, labels, agent, writes);
    }

    /// One that has scripts.
    public Planned(
        String id,
        String title,
        int wave,
        String instructionDigest,
        List<String> dependencies,
        @Nullable Duration estimate,
        List<String> labels) {
      this(id, title, wave, instructionDigest, dependencies, estimate, labels, false, List.of());
    }

    /// One that any node can carry out.
    public Planned(
        String id,
        String title,
        int wave,
        String instructionDigest,
        List<String> dependencies,
        @Nullable Duration estimate) {
      this(id, title, wave, instructionDigest, dependencies, estimate, List.of());
    }
  }
}
