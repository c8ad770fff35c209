package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.approval.Permit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One operation before the gate, and how far it has come. Pure.
///
/// @param decided null while nobody has decided
/// @param consumed by which attempt the permit was used; null while it was not
/// @param outcome null until the operation is known to have ended
/// @param people who asked it, and who has approved so far
record GateEntry(
    String id,
    OperationRequest operation,
    boolean mayHaveRun,
    Instant requestedAt,
    Instant deadline,
    @Nullable ApprovalDecided decided,
    @Nullable PermitConsumed consumed,
    @Nullable OperationOutcome outcome,
    People people) {
  static GateEntry of(ApprovalRequested requested) {
    return new GateEntry(
        requested.approval(),
        requested.operation(),
        requested.mayHaveRun(),
        requested.at(),
        requested.deadline(),
        null,
        null,
        null,
        People.NONE);
  }

  boolean pending() {
    return decided == null;
  }

  boolean allowed() {
    return decided != null && decided.decision().allows();
  }

  /// Nobody knows whether its operation ran, which stays so when it is asked about anew.
  boolean leavesDoubt() {
    return mayHaveRun && outcome == null;
  }

  boolean consumedBy(int attempt, String node) {
    return consumed != null && consumed.attempt() == attempt && consumed.node().equals(node);
  }

  /// An operator's retry may ask anew about what failed or was refused, never about what succeeded.
  /// What was closed speaks for nobody any more.
  boolean supersededBy(OperationRequest operation) {
    if (decided != null && decided.decision() == Decision.CLOSED) return true;
    if (operation.epoch() <= this.operation.epoch()) return false;
    if (outcome != null) return !outcome.result().passed();
    return decided != null && !decided.decision().allows();
  }

  Permit permit(int attempt) {
    return new Permit(id, operation.digest(), attempt);
  }

  GateEntry decide(ApprovalDecided decision) {
    if (decided != null) throw new IllegalStateException(id + " was decided before");
    return with(decision, consumed, outcome);
  }

  GateEntry with(People others) {
    return new GateEntry(
        id, operation, mayHaveRun, requestedAt, deadline, decided, consumed, outcome, others);
  }

  GateEntry until(Instant later) {
    return new GateEntry(
        id, operation, mayHaveRun, requestedAt, later, decided, consumed, outcome, people);
  }

  GateEntry consume(PermitConsumed use) {
    if (!allowed()) throw new IllegalStateException(id + " has no decision that allows it");
    if (consumed != null) throw new IllegalStateException(id + " has been consumed before");
    return with(decided, use, outcome);
  }

  GateEntry restore() {
    if (outcome != null) throw new IllegalStateException(id + " has ended, it cannot be restored");
    return with(decided, null, null);
  }

  GateEntry end(OperationOutcome end) {
    return with(decided, consumed, end);
  }

  /// @param run null at the gate of outside callers
  ApprovalView view(@Nullable String run) {
    return new ApprovalView(
        id,
        run,
        operation,
        mayHaveRun,
        requestedAt,
        deadline,
        decided == null ? null : decided.decision(),
        decided == null ? null : decided.by(),
        decided == null ? null : decided.reason(),
        decided == null ? null : decided.at(),
        consumed != null,
        outcome,
        people);
  }

  private GateEntry with(
      @Nullable ApprovalDecided decision,
      @Nullable PermitConsumed use,
      @Nullable OperationOutcome end) {
    return new GateEntry(
        id, operation, mayHaveRun, requestedAt, deadline, decision, use, end, people);
  }
}
