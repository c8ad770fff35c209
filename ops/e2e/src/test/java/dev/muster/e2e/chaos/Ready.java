package dev.muster.e2e.chaos;

import dev.muster.e2e.rig.Operator;
import dev.muster.e2e.rig.Rig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Waits for a cluster to be complete.
final class Ready {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LOOK_EVERY_MILLIS = 300;

  private Ready() {}

  /// Every worker node is seen by the first orchestrator.
  static void await(Rig rig) throws InterruptedException {
    var operator = rig.operator();
    var until = System.nanoTime() + PATIENCE.toNanos();
    Operator.@Nullable Answer nodes = null;
    while (System.nanoTime() < until) {
      nodes = operator.glance("/nodes");
      if (nodes != null && nodes.good()) {
        var seen = nodes.body().path("items").findValuesAsText("name");
        if (seen.containsAll(rig.workerNames())) return;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    throw new AssertionError(
        "expected the nodes %s within %s, found %s\n%s"
            .formatted(rig.workerNames(), PATIENCE, nodes, rig.said()));
  }
}
