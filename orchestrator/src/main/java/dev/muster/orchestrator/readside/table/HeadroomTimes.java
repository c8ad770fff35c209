package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Seconds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a run was held because no node had headroom. Several waves may be held at once, which
/// counts once. It is kept as its fields are.
final class HeadroomTimes {
  private long samples;
  private Duration closed = Duration.ZERO;
  private @Nullable Instant countedUntil;

  /// @param count headroom reports that were seen while it ran
  void sampled(long count) {
    samples = count;
  }

  void closed(Instant since, Instant until) {
    var counted = countedUntil;
    var from = counted != null && counted.isAfter(since) ? counted : since;
    if (!until.isAfter(from)) return;
    closed = closed.plus(Duration.between(from, until));
    countedUntil = until;
  }

  RunView.Headroom view() {
    return new RunView.Headroom(samples, Seconds.of(closed));
  }
}
