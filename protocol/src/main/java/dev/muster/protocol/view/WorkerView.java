package dev.muster.protocol.view;

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
/// @param parent the worker that asked for it; null for one of the plan
/// @param children ids of the sub-workers that it has asked for
/// @param models what its agent asked, in all attempts; empty where none carried it out
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
    List<String> dependencies,
    List<ModelSpend> models,
    @Nullable String parent,
    List<String> children) {
  public WorkerView {
    dependencies = List.copyOf(dependencies);
    models = models == null ? List.of() : List.copyOf(models);
    children = children == null ? List.of() : List.copyOf(children);
  }

  /// The state, with the words that must stand beside it: that a test could not have failed, and
  /// that a tape answered its agent.
  public String verdict() {
    var replayed = models.stream().anyMatch(ModelSpend::replayed);
    return state + (weak ? " (weak)" : "") + (replayed ? ", REPLAYED" : "");
  }
}
