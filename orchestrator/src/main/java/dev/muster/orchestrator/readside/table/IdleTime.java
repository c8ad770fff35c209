package dev.muster.orchestrator.readside.table;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long somebody was waited for while nobody was busy, told as it goes on. Clocks of several
/// nodes take part: what seems to lie in the past happens now.
final class IdleTime {
  private long waits;
  private long busy;
  private Duration idle = Duration.ZERO;
  private @Nullable Instant since;

  void waits(int change, Instant at) {
    move(at);
    waits += change;
  }

  void busy(int change, Instant at) {
    move(at);
    busy += change;
  }

  private void move(Instant at) {
    idle = until(at);
    if (since == null || at.isAfter(since)) since = at;
  }

  /// Until now, without a change.
  Duration until(Instant now) {
    return since == null || waits <= 0 || busy > 0
        ? idle
        : idle.plus(WaitTimes.between(since, now));
  }
}
