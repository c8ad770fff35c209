package dev.muster.node.models.pool;

import java.time.Duration;

/// How calls are paced, whichever provider they go to.
///
/// @param waitMax how long one call may wait for its turn before it is told when to come again
/// @param retries how often all of a profile that failed are tried again
/// @param backOff before the first of these; twice as long before each further one
/// @param admissionPercent of a limit, from which on nobody new begins to ask
public record Pace(
    Duration waitMax, Breaking breaking, int retries, Duration backOff, int admissionPercent) {
  public static final Pace STANDARD =
      new Pace(Duration.ofSeconds(30), Breaking.STANDARD, 3, Duration.ofSeconds(1), 80);

  public Pace waiting(Duration max) {
    return new Pace(max, breaking, retries, backOff, admissionPercent);
  }
}
