package dev.muster.cli.client;

import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker of a run as a node describes it.
///
/// @param receipt of its latest verdict; null without one, and in lists
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
    List<String> dependencies,
    @Nullable Receipt receipt) {
  /// @param signature null from a node of before
  public record Receipt(@Nullable Signature signature) {}

  /// @param words who vouches for the verdict, and whether that holds
  public record Signature(String words) {}

  public WorkerView {
    dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
  }

  /// Who vouches for its verdict, in words; null when there is none.
  public @Nullable String signature() {
    return receipt == null || receipt.signature() == null ? null : receipt.signature().words();
  }

  /// The state, with the word that must stand beside a verdict that a test could not have failed.
  public String verdict() {
    return weak ? state + " (weak)" : state.toString();
  }
}
