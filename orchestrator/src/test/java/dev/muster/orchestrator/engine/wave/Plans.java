package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import java.util.List;

/// Small plans of two waves.
final class Plans {
  private Plans() {}

  /// One worker in each wave.
  static RunPlan plan(boolean gated, FailurePolicy onFailure) {
    return plan(List.of(planned("WORKER_001", 1), planned("WORKER_002", 2)), gated, onFailure);
  }

  /// @param gated the first wave waits for an approval
  static RunPlan plan(List<Planned> workers, boolean gated, FailurePolicy onFailure) {
    return new RunPlan(
        "w",
        List.of(
            new RunPlan.Wave(1, "first", 100, gated, onFailure),
            new RunPlan.Wave(2, "second", 100, false, onFailure)),
        workers,
        null);
  }

  static Planned planned(String id, int wave, String... dependencies) {
    return new Planned(id, id, wave, "d", List.of(dependencies), null);
  }
}
