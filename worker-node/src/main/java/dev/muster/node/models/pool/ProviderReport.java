package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A provider as people see it.
///
/// @param requestsInWindow begun in the last minute
/// @param tokensInWindow used in it, or expected to be
/// @param bucket how many requests might have begun at once at `bucketAt`
/// @param blockedUntil null when it did not ask to be left alone
/// @param lastFailure null when the last call succeeded
/// @param breaksUntil when its breaker lets the next call through; null when it does already
public record ProviderReport(
    String name,
    String breaker,
    long requests,
    long successes,
    long failures,
    long cancelled,
    long inFlight,
    long latencyP50Millis,
    long latencyP95Millis,
    long latencyP99Millis,
    long tokensIn,
    long tokensOut,
    long tokensCached,
    long costMicros,
    long unpriced,
    long requestsInWindow,
    long tokensInWindow,
    double bucket,
    Instant bucketAt,
    @Nullable Instant blockedUntil,
    @Nullable String lastFailure,
    @Nullable Instant breaksUntil)
    implements CborSerializable {
  static List<ProviderReport> of(Map<String, ProviderState> states, Instant now) {
    var reports = new ArrayList<ProviderReport>();
    states.forEach((name, state) -> reports.add(of(name, state, now)));
    return reports;
  }

  /// Of one that nobody has called.
  public static ProviderReport none(String name, RateLimits limits, Instant now) {
    return of(name, ProviderState.idle(limits, now), now);
  }

  /// Requests that may begin at once, rounded; null without a limit.
  public @Nullable Double available(RateLimits limits, Instant now) {
    if (limits.requestsPerMinute() == 0) return null;
    var left = new TokenBucket(bucket, bucketAt).available(limits, now);
    return Math.floor(left * 10) / 10;
  }

  private static ProviderReport of(String name, ProviderState state, Instant now) {
    var tally = state.tally();
    var blocked = state.blocked();
    var breaks = state.breaker().admitsAt(now);
    return new ProviderReport(
        name,
        state.breaker().word(),
        tally.requests(),
        tally.successes(),
        tally.failures(),
        tally.cancelled(),
        state.live(now),
        tally.latencyMillis(50),
        tally.latencyMillis(95),
        tally.latencyMillis(99),
        tally.tokensIn(),
        tally.tokensOut(),
        tally.tokensCached(),
        tally.costMicros(),
        tally.unpriced(),
        state.window().requests(now),
        state.window().tokens(now),
        state.bucket().tokens(),
        state.bucket().at(),
        blocked != null && blocked.isAfter(now) ? blocked : null,
        state.last(),
        breaks.isAfter(now) ? breaks : null);
  }
}
