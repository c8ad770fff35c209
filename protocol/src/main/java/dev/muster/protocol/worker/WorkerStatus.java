package dev.muster.protocol.worker;

import dev.muster.protocol.CborSerializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker as it describes itself.
///
/// @param epoch how often an operator reopened it by a retry
/// @param detail one sentence about why it stands there; null when there is nothing to say
/// @param failures why earlier tries failed, oldest first
/// @param artifacts its deliverables, once it has completed
/// @param weak its verdict rests on a test that cannot fail
/// @param startedAt of the first attempt
/// @param waited how long it waited for decisions altogether; null when it never did
public record WorkerStatus(
    WorkerPhase phase,
    int epoch,
    int attempt,
    int interruptions,
    @Nullable String node,
    @Nullable String detail,
    List<String> failures,
    List<Artifact> artifacts,
    boolean weak,
    @Nullable Instant startedAt,
    @Nullable Instant settledAt,
    @Nullable Duration waited)
    implements CborSerializable {
  public WorkerStatus {
    failures = List.copyOf(failures);
    artifacts = List.copyOf(artifacts);
  }

  /// Of a worker that never waited for a decision.
  public WorkerStatus(
      WorkerPhase phase,
      int epoch,
      int attempt,
      int interruptions,
      @Nullable String node,
      @Nullable String detail,
      List<String> failures,
      List<Artifact> artifacts,
      boolean weak,
      @Nullable Instant startedAt,
      @Nullable Instant settledAt) {
    this(
        phase,
        epoch,
        attempt,
        interruptions,
        node,
        detail,
        failures,
        artifacts,
        weak,
        startedAt,
        settledAt,
        null);
  }
}
