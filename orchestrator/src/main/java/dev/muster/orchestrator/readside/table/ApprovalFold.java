package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.People;
import org.jspecify.annotations.Nullable;

/// What the journal says about one approval.
final class ApprovalFold {
  private ApprovalFold() {}

  /// @param gate a run's id, or `outside`
  static ApprovalView asked(String gate, ApprovalRequested asked) {
    return new ApprovalView(
        asked.approval(),
        gate.equals(ApprovalCommand.OUTSIDE) ? null : gate,
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

  static ApprovalView next(ApprovalView view, ApprovalEvent event) {
    return switch (event) {
      case GateOpened _, ApprovalRequested _, BypassOpened _, BypassRevoked _ -> view;
      case ApprovalExtended extended ->
          view.until(extended.deadline())
              .with(view.people().extendedBy(extended.by(), extended.at()));
      case ApprovalAsked asked -> view.with(view.people().askedBy(asked.by()));
      case ApprovalVoted it ->
          view.with(view.people().with(new People.Vote(it.by(), it.reason(), it.of(), it.at())));
      case ApprovalDecided decided -> decide(view, decided);
      case PermitConsumed _ -> used(view, true, view.outcome());
      case PermitRestored _ -> used(view, false, view.outcome());
      case OutcomeRecorded recorded -> used(view, true, recorded.outcome());
    };
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
}
