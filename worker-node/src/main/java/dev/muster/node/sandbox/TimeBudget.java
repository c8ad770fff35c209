package dev.muster.node.sandbox;

import java.time.Duration;

/// What is left of the time an attempt may run. Waiting for a decision costs nothing.
public final class TimeBudget {
  private final Duration limit;
  private Duration spent;

  public TimeBudget(Duration limit, Duration spent) {
    this.limit = limit;
    this.spent = spent;
  }

  public Duration limit() {
    return limit;
  }

  public Duration spent() {
    return spent;
  }

  public Duration left() {
    var left = limit.minus(spent);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void spend(Duration duration) {
    spent = spent.plus(duration);
  }
}
