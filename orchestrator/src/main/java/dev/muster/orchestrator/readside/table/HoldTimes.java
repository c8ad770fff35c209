package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunStatus.HeldFor;
import dev.muster.protocol.view.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long one wave was held, and why. The first reasons are kept in words, later ones only by
/// their kind, so that a wave that is held ten thousand times still has a short account.
final class HoldTimes {
  private static final int REASONS_MAX = 20;

  private record Open(String reason, Instant since) {}

  private List<HeldFor> ended = new ArrayList<>();
  private EnumMap<Hold.Kind, Duration> further = new EnumMap<>(Hold.Kind.class);
  private EnumMap<Hold.Kind, Open> open = new EnumMap<>(Hold.Kind.class);

  void began(Hold.Kind kind, String reason, Instant at) {
    open.putIfAbsent(kind, new Open(reason, at));
  }

  void ended(Hold.Kind kind, Instant at) {
    var hold = open.remove(kind);
    if (hold == null) return;
    if (ended.size() < REASONS_MAX) {
      ended.add(new HeldFor(hold.reason(), Seconds.between(hold.since(), at, at)));
    } else {
      further.merge(kind, WaitTimes.between(hold.since(), at), Duration::plus);
    }
  }

  List<HeldFor> until(Instant now) {
    var all = new ArrayList<>(ended);
    further.forEach(
        (kind, held) -> all.add(new HeldFor("further holds of kind " + kind, Seconds.of(held))));
    open.values()
        .forEach(
            hold -> all.add(new HeldFor(hold.reason(), Seconds.between(hold.since(), null, now))));
    return all;
  }

  /// Since when a hold of this kind lasts; null when there is none.
  @Nullable Instant since(Hold.Kind kind) {
    var hold = open.get(kind);
    return hold == null ? null : hold.since();
  }

  /// The holds of this moment as far as the journal knows them.
  List<Hold> now(int wave) {
    return open.entrySet().stream()
        .map(hold ->
            new Hold(
                wave, wave == 0 ? "run" : "wave " + wave, hold.getKey(), hold.getValue().reason()))
        .toList();
  }
}
