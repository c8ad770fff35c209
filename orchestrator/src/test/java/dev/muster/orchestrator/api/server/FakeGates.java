package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.engine.approval.ApprovalIds;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.usecase.Gates;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// Gates that write to the journal as the real one does, one approval per digest.
final class FakeGates implements Gates {
  private final Journal journal;
  private final Map<String, ApprovalView> asked = new HashMap<>();

  FakeGates(Journal journal) {
    this.journal = journal;
  }

  void hold(String gate, String approval, OperationRequest operation) {
    var deadline = journal.now().plusSeconds(60);
    journal.write(
        Origin.gate(gate),
        new ApprovalRequested(approval, operation, false, deadline, journal.now()));
    asked.put(approval, view(gate, approval, operation, null, null));
  }

  @Override
  public synchronized CompletionStage<ApprovalView> request(
      OperationRequest operation, @Nullable Duration waitMax, People.Caller by) {
    var id = "apr_outside_" + operation.digest().substring(0, 10);
    if (!asked.containsKey(id)) {
      hold(ApprovalCommand.OUTSIDE, id, operation);
      journal.write(Origin.gate(ApprovalCommand.OUTSIDE), new ApprovalAsked(id, by, journal.now()));
    }
    return CompletableFuture.completedFuture(asked.get(id));
  }

  @Override
  public synchronized CompletionStage<ApprovalView> consume(String approval, String by) {
    var view = Objects.requireNonNull(asked.get(approval));
    if (view.decision() != Decision.APPROVED) {
      return CompletableFuture.failedFuture(
          new StatusReply.ErrorMessage("Expected an approval that was given"));
    }
    journal.write(
        Origin.gate(ApprovalCommand.OUTSIDE), new PermitConsumed(approval, 1, by, journal.now()));
    return CompletableFuture.completedFuture(view);
  }

  @Override
  public synchronized CompletionStage<ApprovalView> decide(
      String gate,
      String approval,
      Decision decision,
      Principal by,
      int people,
      String reason,
      String digest) {
    if (!gate.equals(ApprovalIds.gateOf(approval))) throw new IllegalStateException(gate);
    var view = Objects.requireNonNull(asked.get(approval));
    if (view.decision() != null && view.decision() != decision) {
      return CompletableFuture.failedFuture(
          new StatusReply.ErrorMessage(approval + " is " + view.decision()));
    }
    if (view.decision() == decision) return CompletableFuture.completedFuture(view);
    journal.write(
        Origin.gate(gate),
        new ApprovalDecided(approval, decision, by.name(), reason, journal.now()));
    var decided = view(gate, approval, view.operation(), decision, reason);
    asked.put(approval, decided);
    return CompletableFuture.completedFuture(decided);
  }

  private ApprovalView view(
      String gate,
      String approval,
      OperationRequest operation,
      @Nullable Decision decision,
      @Nullable String reason) {
    return new ApprovalView(
        approval,
        gate.equals(ApprovalCommand.OUTSIDE) ? null : gate,
        operation,
        false,
        journal.now(),
        journal.now().plusSeconds(60),
        decision,
        decision == null ? null : "operator",
        reason,
        decision == null ? null : journal.now(),
        false,
        null);
  }
}
