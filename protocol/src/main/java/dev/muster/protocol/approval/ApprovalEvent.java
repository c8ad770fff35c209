package dev.muster.protocol.approval;

import dev.muster.protocol.journal.MusterEvent;
import java.time.Duration;
import java.time.Instant;

/// What has happened at a gate. In the journal: fields may be added, never renamed or removed.
public sealed interface ApprovalEvent extends MusterEvent {
  record GateOpened(ApprovalPolicy policy, Duration waitMax, Instant at) implements ApprovalEvent {}

  record ApprovalRequested(
      String approval, OperationRequest operation, boolean mayHaveRun, Instant deadline, Instant at)
      implements ApprovalEvent {}

  record ApprovalDecided(String approval, Decision decision, String by, String reason, Instant at)
      implements ApprovalEvent {}

  /// Who asked it on behalf of a program, right after it was requested.
  record ApprovalAsked(String approval, People.Caller by, Instant at) implements ApprovalEvent {}

  /// One of several people that it takes has approved.
  record ApprovalVoted(String approval, People.Caller by, String reason, int of, Instant at)
      implements ApprovalEvent {}

  /// There is more time to decide.
  record ApprovalExtended(String approval, Instant deadline, People.Caller by, Instant at)
      implements ApprovalEvent {}

  /// Operations of a kind are let pass until then, the first time they are asked about.
  record BypassOpened(String kind, Instant until, People.Caller by, String reason, Instant at)
      implements ApprovalEvent {}

  record BypassRevoked(String kind, People.Caller by, Instant at) implements ApprovalEvent {}

  /// Persisted before the process starts, so that a crash can never repeat it unnoticed.
  record PermitConsumed(String approval, int attempt, String node, Instant at)
      implements ApprovalEvent {}

  record PermitRestored(String approval, Instant at) implements ApprovalEvent {}

  record OutcomeRecorded(String approval, OperationOutcome outcome, Instant at)
      implements ApprovalEvent {}
}
