package dev.muster.cli.node;

import java.time.Duration;
import java.time.Instant;

/// Time, so that a test can hold it.
public interface Pace {
  Instant now();

  /// @throws dev.muster.cli.terminal.Refusal with exit code 130 when interrupted
  void sleep(Duration duration);
}
