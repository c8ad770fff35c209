package dev.muster.orchestrator.readside.view;

import dev.muster.protocol.worker.Artifact;
import java.util.List;

/// What a completed worker has delivered.
///
/// @param dependencies whom it waited for
public record Delivery(String worker, List<String> dependencies, List<Artifact> artifacts) {
  public Delivery {
    dependencies = List.copyOf(dependencies);
    artifacts = List.copyOf(artifacts);
  }
}
