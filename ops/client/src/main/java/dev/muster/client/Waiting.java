package dev.muster.client;

import java.net.URI;
import java.time.Duration;

/// Asks the same node again, ever more slowly.
final class Waiting implements Lifeline {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  private final long longestNanos;
  private long sinceNanos;
  private Duration pause = FIRST;
  private boolean lost;

  Waiting(Duration longest) {
    this.longestNanos = longest.toNanos();
  }

  @Override
  public synchronized URI next(URI node, ApiException why) {
    var now = System.nanoTime();
    if (!lost) sinceNanos = now;
    lost = true;
    if (now - sinceNanos + pause.toNanos() > longestNanos) throw why;
    Exchange.pause(pause);
    pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    return node;
  }

  @Override
  public synchronized void answered(URI node) {
    lost = false;
    pause = FIRST;
  }
}
