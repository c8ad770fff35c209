package dev.muster.e2e.chaos;

import dev.muster.e2e.rig.Rig;
import java.time.Duration;
import java.util.Set;

/// Waits for a cluster to be complete.
final class Ready {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LOOK_EVERY_MILLIS = 300;

  private Ready() {}

  /// Every worker node reports to the first orchestrator.
  static void await(Rig rig) throws InterruptedException {
    var operator = rig.operator();
    var until = System.nanoTime() + PATIENCE.toNanos();
    var up = Set.<String>of();
    while (System.nanoTime() < until) {
      up = operator.nodesUp();
      if (up.containsAll(rig.workerNames())) return;
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    throw new AssertionError(
        "expected the nodes %s within %s, found %s\n%s"
            .formatted(rig.workerNames(), PATIENCE, up, rig.said()));
  }
}
