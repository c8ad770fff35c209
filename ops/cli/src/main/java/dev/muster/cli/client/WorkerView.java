package dev.muster.cli.client;

import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker of a run as a node describes it.
public record WorkerView(
    String id,
    @Nullable String title,
    int wave,
    WorkerPhase state,
    int attempt,
    int interruptions,
    @Nullable String node,
    @Nullable String detail,
    @Nullable Instant startedAt,
    @Nullable Instant settledAt,
    @Nullable Double durationSeconds,
    boolean weak,
    List<String> dependencies) {
  public WorkerView {
    dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
  }

  /// The state, with the word that must stand beside a verdict that a test could not have failed.
  public String verdict() {
    return weak ? state + " (weak)" : state.toString();
  }
}
