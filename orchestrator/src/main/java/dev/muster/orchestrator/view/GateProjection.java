package dev.muster.orchestrator.view;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.People;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the journal says about one gate: its approvals in the order they were asked for.
final class GateProjection {
  private final @Nullable String run;
  private final Map<String, ApprovalView> approvals = new LinkedHashMap<>();

  GateProjection(String gate) {
    this.run = gate.equals(ApprovalCommand.OUTSIDE) ? null : gate;
  }

  void apply(ApprovalEvent event) {
    switch (event) {
      case GateOpened _ -> {}
      case ApprovalRequested asked -> approvals.put(asked.approval(), pending(asked));
      case ApprovalAsked asked ->
          change(asked.approval(), view -> view.with(view.people().askedBy(asked.by())));
      case ApprovalVoted it ->
          change(
              it.approval(),
              view ->
                  view.with(
                      view.people().with(new People.Vote(it.by(), it.reason(), it.of(), it.at()))));
      case ApprovalDecided decided -> change(decided.approval(), view -> decide(view, decided));
      case PermitConsumed consumed ->
          change(consumed.approval(), view -> used(view, true, view.outcome()));
      case PermitRestored restored ->
          change(restored.approval(), view -> used(view, false, view.outcome()));
      case OutcomeRecorded recorded ->
          change(recorded.approval(), view -> used(view, true, recorded.outcome()));
    }
  }

  private void change(String approval, UnaryOperator<ApprovalView> change) {
    approvals.computeIfPresent(approval, (_, view) -> change.apply(view));
  }

  private ApprovalView pending(ApprovalRequested asked) {
    return new ApprovalView(
        asked.approval(),
        run,
        asked.operation(),
        asked.mayHaveRun(),
        asked.at(),
        asked.deadline(),
        null,
        null,
        null,
        null,
        false,
        null);
  }

  private static ApprovalView decide(ApprovalView view, ApprovalDecided decided) {
    return new ApprovalView(
        view.id(),
        view.run(),
        view.operation(),
        view.mayHaveRun(),
        view.requestedAt(),
        view.deadline(),
        decided.decision(),
        decided.by(),
        decided.reason(),
        decided.at(),
        view.consumed(),
        view.outcome(),
        view.people());
  }

  private static ApprovalView used(
      ApprovalView view, boolean consumed, @Nullable OperationOutcome outcome) {
    return new ApprovalView(
        view.id(),
        view.run(),
        view.operation(),
        view.mayHaveRun(),
        view.requestedAt(),
        view.deadline(),
        view.decision(),
        view.decidedBy(),
        view.reason(),
        view.decidedAt(),
        consumed,
        outcome,
        view.people());
  }

  List<Approval> list() {
    return approvals.values().stream().map(Approval::of).toList();
  }

  @Nullable Approval find(String id) {
    var found = approvals.get(id);
    return found == null ? null : Approval.of(found);
  }

  /// When decisions were awaited.
  void waits(Instant now, List<Span> into) {
    for (var approval : approvals.values()) {
      var decided = approval.decidedAt();
      into.add(new Span(approval.requestedAt(), decided == null ? now : decided));
    }
  }

  RunView.Approvals counts() {
    return new RunView.Approvals(
        approvals.size(),
        count(Decision.APPROVED),
        count(Decision.AUTO_APPROVED),
        count(Decision.REJECTED),
        count(Decision.EXPIRED),
        count(Decision.CLOSED),
        count(null));
  }

  private int count(@Nullable Decision decision) {
    return (int)
        approvals.values().stream().filter(a -> Objects.equals(a.decision(), decision)).count();
  }
}
