package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.Decision;
import org.jspecify.annotations.Nullable;

/// Whether a wave may be released, as far as people decide that. Pure.
///
/// @param approval that was requested for the wave; null before
/// @param decision null before there is one
record WaveGate(@Nullable String approval, @Nullable Decision decision, String reason) {
  static final WaveGate UNASKED = new WaveGate(null, null, "");

  static WaveGate requested(String approval) {
    return new WaveGate(approval, null, "");
  }

  WaveGate decide(Decision how, String why) {
    return new WaveGate(approval, how, why);
  }

  /// One that is retried asks anew for what nobody had decided: its request was closed.
  WaveGate reopen() {
    return decision == null ? UNASKED : this;
  }

  boolean allows() {
    return decision != null && decision.allows();
  }
}
