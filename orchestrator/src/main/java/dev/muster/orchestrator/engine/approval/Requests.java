package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.KindPolicy.Then;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Close;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests for a decision, and what the gate itself decides about them. Pure.
final class Requests {
  static final String REFUSAL =
      "Expected fewer than %d operations waiting for a decision, but there are that many: decide some and ask again."
          .formatted(GateState.PENDING_MAX);

  private static final String MUSTER = "muster";

  private Requests() {}

  /// @param waitMax null for as long as its kind waits, or the gate for everybody
  static ApprovalRequested of(
      String gate,
      GateState state,
      ApprovalRules rules,
      OperationRequest operation,
      boolean mayHaveRun,
      @Nullable Duration waitMax,
      Instant at) {
    var id = ApprovalIds.of(gate, operation, state.timesAsked(operation), at);
    var expiry = rules.policyFor(operation.kind(), operation.risk()).expiry();
    var wait = waitMax != null ? waitMax : expiry != null ? expiry : state.waitMax();
    return new ApprovalRequested(id, operation, mayHaveRun, at.plus(wait), at);
  }

  /// The question that this one takes the place of, because its content has changed: nobody can
  /// answer it any more.
  static List<ApprovalDecided> replaced(GateState state, ApprovalRequested requested) {
    var same = state.sameAs(requested.operation());
    if (same == null || !same.pending()) return List.of();
    var why = "asked anew as " + requested.approval() + ": what it meets has changed";
    return List.of(decided(same.id(), Decision.CLOSED, why, requested.at()));
  }

  /// What a policy or a bypass says to it; null when a person has to decide.
  static @Nullable ApprovalDecided automatic(
      GateState state, ApprovalRules rules, ApprovalRequested requested) {
    var operation = requested.operation();
    if (rules.isRestricted(operation.kind())) return null;
    if (AutomaticPolicy.answers(state.policy(), operation, requested.mayHaveRun())) {
      return automatic(requested, "policy " + state.policy());
    }
    var bypass = Bypassing.answering(state, operation, requested.mayHaveRun(), requested.at());
    return bypass == null
        ? null
        : automatic(
            requested,
            "%s is let pass until %s by %s"
                .formatted(
                    bypass.kind(),
                    bypass.until().truncatedTo(ChronoUnit.MILLIS),
                    bypass.by().name()));
  }

  private static ApprovalDecided automatic(ApprovalRequested requested, String why) {
    return decided(requested.approval(), Decision.AUTO_APPROVED, why, requested.at());
  }

  /// It is refused a place and keeps its name, so that whoever asks again hears why.
  static ApprovalDecided crowdedOut(ApprovalRequested requested) {
    var why = GateState.PENDING_MAX + " operations already wait for a decision";
    return decided(requested.approval(), Decision.EXPIRED, why, requested.at());
  }

  /// What becomes of each whose time is over. A program outside waits no longer than it said.
  static List<ApprovalEvent> overdue(
      String gate, GateState state, ApprovalRules rules, Instant at) {
    var isOutside = gate.equals(ApprovalCommand.OUTSIDE);
    return state.overdue(at).stream()
        .map(entry -> isOutside ? expired(entry, at) : overdue(entry, rules, at))
        .toList();
  }

  private static ApprovalEvent overdue(GateEntry entry, ApprovalRules rules, Instant at) {
    var policy = rules.policyFor(entry.operation().kind(), entry.operation().risk());
    var then = policy.then();
    if (then == Then.HOLD) {
      return new ApprovalExtended(entry.id(), at.plus(Deciding.WAIT_MAX), People.Caller.HOLDS, at);
    }
    if (then == Then.ESCALATE && entry.people().escalatedAt() == null) {
      var later = at.plus(policy.escalateFor());
      return new ApprovalExtended(entry.id(), later, People.Caller.ESCALATES, at);
    }
    return expired(entry, at);
  }

  static ApprovalDecided expired(GateEntry entry, Instant at) {
    return decided(entry.id(), Decision.EXPIRED, "nobody answered in time", at);
  }

  /// What those named have asked about and nobody has decided.
  static List<ApprovalDecided> closed(GateState state, Close close, Instant at) {
    var whose = close.askers().isEmpty() ? state.pending() : state.pending(close.askers());
    return whose.stream()
        .map(it -> new ApprovalDecided(it.id(), Decision.CLOSED, close.by(), close.reason(), at))
        .toList();
  }

  private static ApprovalDecided decided(
      String approval, Decision decision, String reason, Instant at) {
    return new ApprovalDecided(approval, decision, MUSTER, reason, at);
  }
}
