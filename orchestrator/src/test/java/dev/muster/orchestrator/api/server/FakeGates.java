package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.engine.approval.ApprovalIds;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.usecase.Gates;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// Gates that write to the journal as the real one does, one approval per digest.
final class FakeGates implements Gates {
  private final Journal journal;
  private final Map<String, ApprovalView> asked = new HashMap<>();

  private final Map<String, Bypasses.Bypass> bypasses = new TreeMap<>();

  /// How many people the last decision was said to take.
  int people;

  /// Nobody's voice is enough.
  boolean voicesOnly;

  /// No decision is answered before so many were asked for.
  int together;

  private final List<Runnable> unanswered = new ArrayList<>();

  /// What happens elsewhere when this one is decided, and once.
  final Map<String, Runnable> meanwhile = new HashMap<>();

  FakeGates(Journal journal) {
    this.journal = journal;
  }

  ApprovalView held(String approval) {
    return Objects.requireNonNull(asked.get(approval));
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
    this.people = people;
    var other = meanwhile.remove(approval);
    if (other != null) other.run();
    var view = Objects.requireNonNull(asked.get(approval));
    if (view.decision() != null && view.decision() != decision) {
      return CompletableFuture.failedFuture(
          new StatusReply.ErrorMessage(approval + " is " + view.decision()));
    }
    if (view.decision() == decision || voicesOnly) return CompletableFuture.completedFuture(view);
    journal.write(
        Origin.gate(gate),
        new ApprovalDecided(approval, decision, by.name(), reason, journal.now()));
    var decided = view(gate, approval, view.operation(), decision, reason);
    asked.put(approval, decided);
    var answer = new CompletableFuture<ApprovalView>();
    unanswered.add(() -> answer.complete(decided));
    if (unanswered.size() >= together) {
      unanswered.forEach(Runnable::run);
      unanswered.clear();
    }
    return answer;
  }

  @Override
  public synchronized CompletionStage<ApprovalView> extend(
      String gate, String approval, Duration span, People.Caller by) {
    var view = Objects.requireNonNull(asked.get(approval));
    var later = view.until(view.deadline().plus(span));
    asked.put(approval, later);
    journal.write(
        Origin.gate(gate), new ApprovalExtended(approval, later.deadline(), by, journal.now()));
    return CompletableFuture.completedFuture(later);
  }

  @Override
  public synchronized CompletionStage<Bypasses> bypass(
      String run, String kind, Duration span, Principal by, String reason) {
    var caller = by.caller();
    var until = journal.now().plus(span);
    bypasses.remove(kind);
    if (!span.isZero()) {
      bypasses.put(kind, new Bypasses.Bypass(kind, until, caller, reason, journal.now()));
    }
    return bypasses(run);
  }

  @Override
  public synchronized CompletionStage<Bypasses> bypasses(String run) {
    return CompletableFuture.completedFuture(new Bypasses(List.copyOf(bypasses.values())));
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
