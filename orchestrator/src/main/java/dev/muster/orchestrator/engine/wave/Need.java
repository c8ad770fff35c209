package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan.Planned;
import java.util.List;

/// What a worker needs so that it may go on; those of the same need wait in one line. Pure.
///
/// @param labels that its node must offer, sorted
/// @param model somebody must let it ask a language model
record Need(List<String> labels, boolean model) {
  Need {
    labels = List.copyOf(labels);
  }

  static Need of(Planned worker) {
    return new Need(worker.labels(), worker.agent());
  }
}
