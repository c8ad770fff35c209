package dev.muster.protocol;

import java.time.Duration;

/// How long to wait before the next try: the first pause, doubled each time, up to a limit.
public record RetryPolicy(Duration first, Duration limit) {
  public RetryPolicy {
    if (first.isNegative() || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException("first is " + first + ", limit is " + limit);
    }
  }

  /// @param earlier how many tries have failed this way before the last one
  public Duration pauseAfter(int earlier) {
    var doubled = first.multipliedBy(1L << Math.min(earlier, 20));
    return doubled.compareTo(limit) > 0 ? limit : doubled;
  }
}
