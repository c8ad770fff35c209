package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What one look comes to: what has ended, what follows from that, and what goes on because of it,
/// to be journalled together. Pure.
///
/// @param gates waves whose approval is to be requested
/// @param state after all events
record Round(List<RunEvent> events, List<Integer> gates, Carried state) {
  Round {
    events = List.copyOf(events);
    gates = List.copyOf(gates);
  }

  /// Nothing goes on.
  static Round of(Consequences.Outcome ended) {
    return new Round(ended.events(), List.of(), ended.state());
  }

  /// @param ended what has been settled
  static Round of(Consequences.Outcome ended, Release release, long samples, Instant at) {
    var released =
        Consequences.outcome(ended.state(), release.events(ended.state(), at), samples, at);
    var events = new ArrayList<>(ended.events());
    events.addAll(released.events());
    return new Round(events, release.gates(), released.state());
  }
}
