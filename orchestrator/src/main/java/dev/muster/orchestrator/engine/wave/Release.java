package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What may go on now, and why everything else may not.
///
/// @param waves to be released now, in order
/// @param gates waves whose approval is to be requested
/// @param workers to be released now, in order
/// @param holds in words; at most one of a kind for a wave, and a few for single workers
record Release(List<Integer> waves, List<Integer> gates, List<String> workers, List<Hold> holds) {
  static final Release NOTHING = new Release(List.of(), List.of(), List.of(), List.of());

  Release {
    waves = List.copyOf(waves);
    gates = List.copyOf(gates);
    workers = List.copyOf(workers);
    holds = List.copyOf(holds);
  }

  /// What of it is journalled. Gates are not: they count as requested once they have answered.
  List<RunEvent> events(Carried state, Instant at) {
    List<RunEvent> events = new ArrayList<>(Holds.changes(state, holds, at));
    waves.forEach(wave -> events.add(new WaveReleased(wave, at)));
    if (!workers.isEmpty()) events.add(new WorkersReleased(workers, at));
    return events;
  }

  boolean goesOn() {
    return !waves.isEmpty() || !gates.isEmpty() || !workers.isEmpty();
  }

  boolean isHeldBy(Hold.Kind kind) {
    return holds.stream().anyMatch(hold -> hold.kind() == kind);
  }
}
