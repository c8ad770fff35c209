package dev.muster.node.worker;

import java.time.Duration;

/// How long a worker waits before its next attempt: the first pause, doubled each time, up to a
/// limit.
public record RetryPolicy(Duration first, Duration limit) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30));

  public RetryPolicy {
    if (first.isNegative() || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException("first is " + first + ", limit is " + limit);
    }
  }

  /// @param earlier how many attempts have ended this way before
  Duration pauseAfter(int earlier) {
    var doubled = first.multipliedBy(1L << Math.min(earlier, 20));
    return doubled.compareTo(limit) > 0 ? limit : doubled;
  }
}
