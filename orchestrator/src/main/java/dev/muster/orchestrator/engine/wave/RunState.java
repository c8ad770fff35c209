package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a run's supervisor remembers. Pure: no clock, no actor, no I/O.
sealed interface RunState permits RunState.Absent, Carried {
  /// Nobody has created this run.
  record Absent() implements RunState {}

  /// @param plans finds a plan by its digest
  default RunState evolve(RunEvent event, Function<String, @Nullable RunPlan> plans) {
    return switch (this) {
      case Absent _ when event instanceof RunCreated created ->
          Carried.of(created, created.plan(plans));
      case Absent _ -> throw new IllegalStateException("no run was created before " + event);
      case Carried carried -> carried.after(event);
    };
  }
}
