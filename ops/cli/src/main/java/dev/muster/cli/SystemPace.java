package dev.muster.cli;

import dev.muster.cli.session.Pace;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;

/// The time of the host.
final class SystemPace implements Pace {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Exit.INTERRUPTED, "interrupted", null, e);
    }
  }
}
