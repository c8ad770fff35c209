package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker in a list.
///
/// @param attempt 0 before the first
/// @param detail one sentence about why it stands there; null when there is nothing to say
/// @param durationSeconds from the first attempt's start to settlement, or until now, without what
///   it waited for people
/// @param weak its verdict rests on a test that cannot fail
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkerView(
    String id,
    String title,
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
    dependencies = List.copyOf(dependencies);
  }

  /// The state, with the word that must stand beside a verdict that a test could not have failed.
  public String verdict() {
    return weak ? state + " (weak)" : state.toString();
  }
}
