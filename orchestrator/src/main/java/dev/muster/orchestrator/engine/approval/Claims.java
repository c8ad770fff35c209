package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand.Claim;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.Enquiries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Answers executors that stand before an operation. Pure.
final class Claims {
  private Claims() {}

  static Ruling<Claimed> ruling(
      String gate, GateState state, ApprovalRules rules, Claim claim, Instant at) {
    var same = state.sameAs(claim.operation());
    if (same != null && same.consumed() != null && !same.supersededBy(claim.operation())) {
      return begun(same, claim);
    }
    var entry = state.latestFor(claim.operation());
    if (entry != null && !entry.supersededBy(claim.operation())) {
      return askedBefore(entry, claim, at);
    }
    var doubtful = same == null ? entry : same;
    return asked(gate, state, rules, claim, doubtful != null && doubtful.leavesDoubt(), at);
  }

  /// Whatever content it meets now: it was begun, so the first question is what became of it.
  private static Ruling<Claimed> begun(GateEntry same, Claim claim) {
    if (same.outcome() != null)
      return Ruling.told(new Claimed.AlreadyRan(same.id(), same.outcome()));
    var isThis = same.operation().digest().equals(claim.operation().digest());
    if (isThis && same.consumedBy(claim.attempt(), claim.node())) {
      // The same attempt asks again when the answer was lost on the way: it has not run anything.
      return Ruling.told(new Claimed.Granted(same.permit(claim.attempt())));
    }
    var consumed = Objects.requireNonNull(same.consumed());
    return Ruling.told(new Claimed.Unknown(same.id(), consumed.attempt(), consumed.node()));
  }

  private static Ruling<Claimed> askedBefore(GateEntry entry, Claim claim, Instant at) {
    if (entry.outcome() != null)
      return Ruling.told(new Claimed.AlreadyRan(entry.id(), entry.outcome()));
    if (entry.consumedBy(claim.attempt(), claim.node())) {
      // The same attempt asks again when the answer was lost on the way: it has not run anything.
      return Ruling.told(new Claimed.Granted(entry.permit(claim.attempt())));
    }
    var consumed = entry.consumed();
    if (consumed != null) {
      return Ruling.told(new Claimed.Unknown(entry.id(), consumed.attempt(), consumed.node()));
    }
    var decided = entry.decided();
    if (decided == null) return Ruling.told(new Claimed.Pending(entry.id()));
    if (!decided.decision().allows()) {
      return Ruling.told(new Claimed.Refused(entry.id(), decided.decision(), decided.reason()));
    }
    if (Enquiries.isOne(entry.operation().kind())) {
      return Ruling.told(new Claimed.Answered(entry.id(), decided.by(), decided.reason()));
    }
    return new Ruling<>(List.of(consumed(entry.id(), claim, at)), _ -> granted(entry, claim));
  }

  private static Ruling<Claimed> asked(
      String gate,
      GateState state,
      ApprovalRules rules,
      Claim claim,
      boolean mayHaveRun,
      Instant at) {
    var requested = Requests.of(gate, state, rules, claim.operation(), mayHaveRun, null, at);
    var events = new ArrayList<ApprovalEvent>(Requests.replaced(state, requested));
    events.add(requested);
    var automatic = Requests.automatic(state, rules, requested);
    if (automatic != null) {
      events.add(automatic);
      events.add(consumed(requested.approval(), claim, at));
      return new Ruling<>(events, _ -> granted(GateEntry.of(requested), claim));
    }
    if (state.isFull()) events.add(Requests.crowdedOut(requested));
    return new Ruling<>(events, _ -> new Claimed.Pending(requested.approval()));
  }

  private static Claimed granted(GateEntry entry, Claim claim) {
    return new Claimed.Granted(entry.permit(claim.attempt()));
  }

  private static PermitConsumed consumed(String approval, Claim claim, Instant at) {
    return new PermitConsumed(approval, claim.attempt(), claim.node(), at);
  }
}
