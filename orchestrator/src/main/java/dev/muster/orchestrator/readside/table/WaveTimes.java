package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Seconds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When one wave was released and settled, what held it, and how long nobody worked in between. It
/// is kept as its fields are.
final class WaveTimes {
  private HoldTimes holds = new HoldTimes();
  private @Nullable Instant releasedAt;
  private @Nullable String launchedBy;
  private @Nullable Instant settledAt;
  private Duration idleAtRelease = Duration.ZERO;
  private Duration idleAtSettlement = Duration.ZERO;

  HoldTimes holds() {
    return holds;
  }

  /// @param by null where nobody did it by hand
  void launchedBy(@Nullable String by) {
    launchedBy = by;
  }

  /// @param idle how long nobody of the run had worked by then
  void released(Instant at, Duration idle) {
    releasedAt = at;
    idleAtRelease = idle;
  }

  /// @param idle how long nobody of the run had worked by then
  void settled(Instant at, Duration idle) {
    settledAt = at;
    idleAtSettlement = idle;
  }

  /// @param now or when its run ended
  /// @param idle how long nobody of the run had worked by then
  RunView.Wave view(RunPlan.Wave planned, RunCounts counts, Instant now, Duration idle) {
    var number = planned.number();
    var until = settledAt == null ? idle : idleAtSettlement;
    var waited = releasedAt == null ? Duration.ZERO : until.minus(idleAtRelease);
    return new RunView.Wave(
        number,
        planned.name(),
        counts.total(number),
        counts.completed(number),
        counts.weak(number),
        counts.carriedOver(number),
        counts.settled(number),
        releasedAt,
        launchedBy,
        settledAt,
        Seconds.of(waited.isNegative() ? Duration.ZERO : waited),
        holds.until(now),
        counts.spend(number));
  }
}
