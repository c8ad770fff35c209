package dev.muster.cli.session;

import java.time.Duration;
import java.time.Instant;

/// Time, so that a test can hold it.
public interface Pace {
  Instant now();

  /// @throws dev.muster.host.refusal.Refusal with exit code 130 when interrupted
  void sleep(Duration duration);
}
