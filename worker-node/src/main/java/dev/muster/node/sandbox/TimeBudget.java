package dev.muster.node.sandbox;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is left of the time an attempt may run. Waiting for a decision costs nothing.
public final class TimeBudget {
  private final Duration limit;
  private final @Nullable String from;
  private Duration spent;

  public TimeBudget(Duration limit, Duration spent) {
    this(limit, spent, null);
  }

  /// @param from where the limit comes from, in words; null when nobody said so
  public TimeBudget(Duration limit, Duration spent, @Nullable String from) {
    this.limit = limit;
    this.spent = spent;
    this.from = from;
  }

  /// The limit in words, with where it comes from.
  String words() {
    var seconds = String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1000.0);
    return from == null ? seconds : seconds + " (" + from + ")";
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
