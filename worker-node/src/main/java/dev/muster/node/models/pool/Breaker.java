package dev.muster.node.models.pool;

import java.time.Instant;

/// Leaves a provider alone that fails again and again, and tries it with one call later. Pure.
sealed interface Breaker {
  /// @param failures one after the other
  record Closed(int failures) implements Breaker {}

  record Open(Instant until) implements Breaker {}

  /// One call is trying.
  ///
  /// @param until when it is taken for lost
  record HalfOpen(Instant until) implements Breaker {}

  static Breaker closed() {
    return new Closed(0);
  }

  /// When it lets a call through; not after `now` when it does already.
  default Instant admitsAt(Instant now) {
    return switch (this) {
      case Closed _ -> now;
      case Open(var until) -> until;
      case HalfOpen(var until) -> until;
    };
  }

  /// @param lostAt when a call that begins now is taken for lost
  default Breaker begin(Instant lostAt) {
    return switch (this) {
      case Closed _ -> this;
      case Open _, HalfOpen _ -> new HalfOpen(lostAt);
    };
  }

  /// Whatever it said, it was there.
  default Breaker answered() {
    return closed();
  }

  default Breaker failed(Breaking rule, Instant now) {
    return switch (this) {
      case Closed(var failures) when failures + 1 < rule.failuresMax() -> new Closed(failures + 1);
      case Closed _, HalfOpen _ -> new Open(now.plus(rule.open()));
      case Open _ -> this; // of a call that began earlier
    };
  }

  /// Nothing was learned.
  default Breaker cancelled(Instant now) {
    return switch (this) {
      case HalfOpen _ -> new Open(now);
      case Closed _, Open _ -> this;
    };
  }

  default String word() {
    return switch (this) {
      case Closed _ -> "closed";
      case Open _ -> "open";
      case HalfOpen _ -> "half-open";
    };
  }
}
