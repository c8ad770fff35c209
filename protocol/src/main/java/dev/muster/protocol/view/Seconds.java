package dev.muster.protocol.view;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Durations as people and programs read them: seconds with at most three decimals.
public final class Seconds {
  private Seconds() {}

  public static double of(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  public static @Nullable Double ofNullable(@Nullable Duration duration) {
    return duration == null ? null : of(duration);
  }

  /// From a start until an end, or until now while there is no end; never negative.
  public static double between(Instant start, @Nullable Instant end, Instant now) {
    return Math.max(0, of(Duration.between(start, end == null ? now : end)));
  }
}
