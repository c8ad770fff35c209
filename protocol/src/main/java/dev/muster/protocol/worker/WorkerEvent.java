package dev.muster.protocol.worker;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.journal.MusterEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has happened to a worker. In the journal: fields may be added, never renamed or removed.
public sealed interface WorkerEvent extends MusterEvent {
  record Assigned(Assignment assignment, int epoch, Instant at) implements WorkerEvent {}

  /// @param incarnation the one life of the node's JVM that owns the attempt
  record AttemptStarted(int attempt, String node, String incarnation, Instant at)
      implements WorkerEvent {}

  record StepFinished(int attempt, int number, StepResult result, Instant at)
      implements WorkerEvent {}

  record AgentStepped(int attempt, int number, AgentStep step, Instant at) implements WorkerEvent {}

  /// The attempt ended because every model that it may ask is used up; another follows not before
  /// `until`, or because it waits for sub-workers. It is no try.
  ///
  /// @param awaits the sub-workers that it waits for; null when it waits for models
  record AgentParked(
      int attempt, int number, Instant until, String why, Instant at, @Nullable List<String> awaits)
      implements WorkerEvent {
    public AgentParked {
      awaits = awaits == null ? null : List.copyOf(awaits);
    }

    public AgentParked(int attempt, int number, Instant until, String why, Instant at) {
      this(attempt, number, until, why, at, null);
    }
  }

  /// @param frozen what was asked about; null in old journals
  record OperationHeld(
      int attempt,
      int number,
      int ordinal,
      String approval,
      String kind,
      String digest,
      Instant at,
      @Nullable Frozen frozen)
      implements WorkerEvent {
    public OperationHeld(
        int attempt,
        int number,
        int ordinal,
        String approval,
        String kind,
        String digest,
        Instant at) {
      this(attempt, number, ordinal, approval, kind, digest, at, null);
    }
  }

  record OperationDecided(
      int attempt, String approval, Decision decision, String reason, Instant at)
      implements WorkerEvent {}

  record ValidationStarted(int attempt, int number, Instant at) implements WorkerEvent {}

  /// A try that counts failed, and another follows not before `retryAt`.
  record AttemptFailed(
      int attempt, String reason, @Nullable Receipt receipt, Instant retryAt, Instant at)
      implements WorkerEvent {}

  /// An attempt that does not count ended, mostly because its node died, and another follows not
  /// before `retryAt`.
  record AttemptInterrupted(int attempt, String reason, Instant retryAt, Instant at)
      implements WorkerEvent {}

  record Paused(Instant at) implements WorkerEvent {}

  record Continued(Instant at) implements WorkerEvent {}

  record Completed(int attempt, Receipt receipt, Instant at) implements WorkerEvent {}

  record Failed(int attempt, String reason, @Nullable Receipt receipt, Instant at)
      implements WorkerEvent {}

  record Cancelled(String reason, Instant at) implements WorkerEvent {}

  /// The life cycle was walked and nothing was executed.
  record Rehearsed(Instant at) implements WorkerEvent {}

  /// An operator's retry opened the settled worker again.
  record Reopened(Assignment assignment, int epoch, Instant at) implements WorkerEvent {}
}
