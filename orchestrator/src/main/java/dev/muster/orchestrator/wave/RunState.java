package dev.muster.orchestrator.wave;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;

/// What a run's supervisor remembers. Pure: no clock, no actor, no I/O.
sealed interface RunState permits RunState.Absent, Carried {
  /// Nobody has created this run.
  record Absent() implements RunState {}

  default RunState evolve(RunEvent event) {
    return switch (this) {
      case Absent _ when event instanceof RunCreated created -> Carried.of(created);
      case Absent _ -> throw new IllegalStateException("no run was created before " + event);
      case Carried carried -> carried.after(event);
    };
  }
}
