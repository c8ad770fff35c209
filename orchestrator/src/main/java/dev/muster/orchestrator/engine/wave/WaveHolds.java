package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What held one wave, and for how long. Pure.
///
/// @param open holds that go on now, at most one of a kind
/// @param ended holds that are over
record WaveHolds(List<HoldBegan> open, List<Ended> ended) {
  static final WaveHolds NONE = new WaveHolds(List.of(), List.of());

  /// Holds remembered for each wave; later ones of the same reason are added up.
  private static final int ENDED_MAX = 50;

  record Ended(Hold.Kind kind, String reason, Duration duration) {}

  WaveHolds {
    open = List.copyOf(open);
    ended = List.copyOf(ended);
  }

  WaveHolds begin(HoldBegan began) {
    var now = new ArrayList<>(open);
    now.removeIf(hold -> hold.kind() == began.kind());
    now.add(began);
    return new WaveHolds(now, ended);
  }

  WaveHolds end(Hold.Kind kind, Instant at) {
    var now = new ArrayList<HoldBegan>();
    var past = new ArrayList<>(ended);
    for (var hold : open) {
      if (hold.kind() == kind) {
        remember(past, new Ended(kind, hold.reason(), lasted(hold, at)));
      } else {
        now.add(hold);
      }
    }
    return new WaveHolds(now, past);
  }

  /// Never negative, though clocks may go backwards.
  static Duration lasted(HoldBegan hold, Instant until) {
    return until.isAfter(hold.at()) ? Duration.between(hold.at(), until) : Duration.ZERO;
  }

  private static void remember(List<Ended> past, Ended one) {
    if (past.size() < ENDED_MAX) {
      past.add(one);
      return;
    }
    for (var i = past.size() - 1; i >= 0; i--) {
      var same = past.get(i);
      if (same.kind() == one.kind()) {
        past.set(i, new Ended(one.kind(), same.reason(), same.duration().plus(one.duration())));
        return;
      }
    }
  }
}
