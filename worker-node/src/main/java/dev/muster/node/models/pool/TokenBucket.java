package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.Instant;

/// How many requests may begin at once: it fills with time, up to the burst. Pure.
///
/// @param tokens as they were at `at`
record TokenBucket(double tokens, Instant at) {
  static TokenBucket full(RateLimits limits, Instant now) {
    return new TokenBucket(limits.burst(), now);
  }

  double available(RateLimits limits, Instant now) {
    var millis = Math.max(0, Duration.between(at, now).toMillis());
    return Math.min(limits.burst(), tokens + millis * perMilli(limits));
  }

  TokenBucket take(RateLimits limits, Instant now) {
    return new TokenBucket(available(limits, now) - 1, now);
  }

  /// When there is one to take.
  Instant readyAt(RateLimits limits, Instant now) {
    var missing = 1 - available(limits, now);
    if (missing <= 0) return now;
    return now.plusMillis((long) Math.ceil(missing / perMilli(limits)));
  }

  private static double perMilli(RateLimits limits) {
    return limits.requestsPerMinute() / 60_000.0;
  }
}
