package dev.muster.orchestrator.engine.wave;

import org.jspecify.annotations.Nullable;

/// The release of a wave by hand. Pure.
final class Launching {
  private Launching() {}

  /// Why a wave cannot be launched by hand, or null.
  static @Nullable String refusal(Carried state, int wave, Headroom headroom) {
    var progress = state.waves().get(wave);
    if (progress == null) {
      return "Expected a wave of %s, one of %s, but found %d."
          .formatted(state.run(), state.waves().keySet(), wave);
    }
    if (progress.released()) {
      return "Expected a wave that is held, but wave %d was released at %s."
          .formatted(wave, progress.releasedAt());
    }
    for (var earlier : state.waves().headMap(wave).values()) {
      if (!earlier.isSettled()) {
        return "Expected every wave before %d to have settled, but there is wave %d, in which %s."
            .formatted(wave, earlier.number(), earlier.toSettle());
      }
    }
    if (!headroom.open()) {
      return "Expected headroom for wave %d, but %s."
          .formatted(wave, String.join("; ", headroom.reasons()));
    }
    return null;
  }
}
