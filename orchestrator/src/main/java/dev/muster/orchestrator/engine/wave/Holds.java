package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunEvent.HoldEnded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which holds of waves begin and end between two looks. Only those that an operator will ask about
/// afterwards are journalled; waiting for one's turn is not news. Pure.
final class Holds {
  private Holds() {}

  static List<RunEvent> changes(Carried state, List<Hold> now, Instant at) {
    List<RunEvent> events = new ArrayList<>();
    for (var wave : state.waves().values()) {
      var number = wave.number();
      for (var open : wave.holds().open()) {
        var goesOn = now.stream().anyMatch(it -> it.wave() == number && it.kind() == open.kind());
        if (!goesOn) events.add(new HoldEnded(number, open.kind(), at));
      }
      for (var hold : now) {
        var begins =
            hold.wave() == number
                && hold.subject().equals("wave " + number)
                && isNews(hold.kind())
                && wave.holds().open().stream().noneMatch(open -> open.kind() == hold.kind());
        if (begins) events.add(new HoldBegan(number, hold.kind(), hold.reason(), at));
      }
    }
    return events;
  }

  private static boolean isNews(Hold.Kind kind) {
    return switch (kind) {
      case HEADROOM, MODELS, APPROVAL, STOPPED -> true;
      case DEPENDENCY, EARLIER_WAVE, PARALLEL, PLACEMENT, WRITES, PAUSED -> false;
    };
  }
}
