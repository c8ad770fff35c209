package dev.muster.orchestrator.engine.plan;

import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wave plan as its file says: which workers go into which wave, and how each wave is released.
///
/// @param waves ascending by number, no number twice
/// @param headroom limits for the whole run; null leaves every node its own
public record WavePlanConfig(String name, List<Wave> waves, @Nullable HeadroomLimits headroom) {
  public WavePlanConfig {
    if (waves.isEmpty()) throw new IllegalArgumentException("wave plan " + name + " has no wave");
    waves = waves.stream().sorted(Comparator.comparingInt(Wave::number)).toList();
  }

  /// @param first at most so many workers, lowest ids first; null takes all
  /// @param parallelMax released and unsettled workers at once
  /// @param approval whether somebody must approve before the wave is released
  public record Wave(
      int number,
      String name,
      Selector select,
      @Nullable Integer first,
      int parallelMax,
      boolean approval,
      FailurePolicy onFailure) {
    public Wave {
      if (number < 1) throw new IllegalArgumentException("wave number is " + number);
      if (parallelMax < 1) throw new IllegalArgumentException("parallelMax is " + parallelMax);
      if (first != null && first < 1) throw new IllegalArgumentException("first is " + first);
    }
  }

  /// The number of the wave that selects a worker: by id before tag before explicit priority before
  /// phase. 0 when none does. What a file says explicitly is never overruled by its phase.
  public int waveOf(Instruction instruction) {
    var kinds =
        instruction.placement().priority() != null
            ? List.of(
                Selector.Term.Workers.class,
                Selector.Term.Tag.class,
                Selector.Term.Priorities.class)
            : List.of(
                Selector.Term.Workers.class,
                Selector.Term.Tag.class,
                Selector.Term.Phases.class,
                Selector.Term.Unplaced.class);
    for (var kind : kinds) {
      for (var wave : waves) {
        for (var term : wave.select().terms()) {
          if (kind.isInstance(term) && term.fits(instruction, wave.number())) return wave.number();
        }
      }
    }
    return 0;
  }
}
