package dev.muster.node.models.pool;

import java.time.Duration;

/// Lets a call wait.
@FunctionalInterface
public interface Pause {
  void sleep(Duration duration) throws InterruptedException;
}
