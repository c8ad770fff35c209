package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Approvals;
import dev.muster.protocol.approval.ApprovalCommand.AskAgain;
import dev.muster.protocol.approval.ApprovalCommand.Bypass;
import dev.muster.protocol.approval.ApprovalCommand.Claim;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Consume;
import dev.muster.protocol.approval.ApprovalCommand.Decide;
import dev.muster.protocol.approval.ApprovalCommand.Extend;
import dev.muster.protocol.approval.ApprovalCommand.Open;
import dev.muster.protocol.approval.ApprovalCommand.RecordOutcome;
import dev.muster.protocol.approval.ApprovalCommand.Request;
import dev.muster.protocol.approval.ApprovalCommand.Restore;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Bypasses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;

/// What one gate makes of each command that wants an answer: which events, and what is said. Pure.
///
/// @param gate a run id, or `outside`
/// @param rules what the settings say of each kind
record Rulings(String gate, ApprovalRules rules) {
  Ruling<Done> open(GateState state, Open open, Instant now) {
    return state.policy() == open.policy() && state.waitMax().equals(open.waitMax())
        ? done()
        : done(new GateOpened(open.policy(), open.waitMax(), now));
  }

  Ruling<Claimed> claim(GateState state, Claim claim, Instant now) {
    return Claims.ruling(gate, state, rules, claim, now);
  }

  Ruling<Done> recordOutcome(GateState state, RecordOutcome it, Instant now) {
    return isUnderWay(state, it.approval())
        ? done(new OutcomeRecorded(it.approval(), it.outcome(), now))
        : done();
  }

  Ruling<Done> restore(GateState state, Restore it, Instant now) {
    return isUnderWay(state, it.approval()) ? done(new PermitRestored(it.approval(), now)) : done();
  }

  private static boolean isUnderWay(GateState state, String approval) {
    var entry = state.find(approval);
    return entry != null && entry.consumed() != null && entry.outcome() == null;
  }

  private static Ruling<Done> done(ApprovalEvent... events) {
    return new Ruling<>(List.of(events), _ -> Done.getInstance());
  }

  Ruling<Claimed> askAgain(GateState state, AskAgain again, Instant now) {
    var entry = state.find(again.approval());
    if (entry == null) return Ruling.told(new Claimed.Pending(again.approval()));
    var operation = again.operation() == null ? entry.operation() : again.operation();
    var latest = state.latestFor(operation);
    if (latest != null && !latest.id().equals(entry.id()) && latest.mayHaveRun()) {
      // asked before, the answer was lost
      return Ruling.told(new Claimed.Pending(latest.id()));
    }
    var requested = Requests.of(gate, state, rules, operation, true, null, now);
    var events = new ArrayList<ApprovalEvent>(Requests.replaced(state, requested));
    events.add(requested);
    return new Ruling<>(events, _ -> new Claimed.Pending(requested.approval()));
  }

  Ruling<StatusReply<ApprovalView>> request(GateState state, Request request, Instant now) {
    var entry = state.latestFor(request.operation());
    if (entry != null
        && !entry.supersededBy(request.operation())
        && !Outside.isSpent(gate, entry, now)) {
      return Ruling.told(StatusReply.success(view(entry)));
    }
    if (state.isFull()) return Ruling.refused(Requests.REFUSAL);
    var requested =
        Requests.of(gate, state, rules, request.operation(), false, request.waitMax(), now);
    var events = new ArrayList<ApprovalEvent>();
    if (entry != null && entry.pending()) events.add(Requests.expired(entry, now));
    events.add(requested);
    if (request.by() != null)
      events.add(new ApprovalAsked(requested.approval(), request.by(), now));
    var automatic = Requests.automatic(state, rules, requested);
    if (automatic != null) events.add(automatic);
    return viewed(requested.approval(), events);
  }

  Ruling<StatusReply<ApprovalView>> decide(GateState state, Decide decide, Instant now) {
    var entry = state.find(decide.approval());
    if (entry == null) return find(state, decide.approval());
    if (Deciding.isRepeated(entry, decide)) return Ruling.told(StatusReply.success(view(entry)));
    var no = Deciding.refusal(entry, decide, now);
    return no == null
        ? viewed(entry.id(), Deciding.events(entry, decide, now))
        : Ruling.refused(no);
  }

  Ruling<StatusReply<ApprovalView>> extend(GateState state, Extend extend, Instant now) {
    var entry = state.find(extend.approval());
    if (entry == null) return find(state, extend.approval());
    var no = Deciding.refusal(gate, entry, now);
    if (no != null) return Ruling.refused(no);
    var later = Deciding.later(entry, extend.span(), now);
    return viewed(entry.id(), List.of(new ApprovalExtended(entry.id(), later, extend.by(), now)));
  }

  Ruling<StatusReply<ApprovalView>> consume(GateState state, Consume consume, Instant now) {
    var entry = state.find(consume.approval());
    if (entry == null) return find(state, consume.approval());
    var no = Outside.refusal(gate, entry, now);
    return no == null
        ? viewed(entry.id(), List.of(new PermitConsumed(entry.id(), 1, consume.by(), now)))
        : Ruling.refused(no);
  }

  Ruling<StatusReply<Bypasses>> bypass(GateState state, Bypass bypass, Instant now) {
    var no = Bypassing.refusal(gate, state, bypass, now);
    return no == null
        ? new Ruling<>(
            Bypassing.events(state, bypass, now),
            next -> StatusReply.success(Bypassing.standing(next, now)))
        : Ruling.refused(no);
  }

  Ruling<StatusReply<ApprovalView>> find(GateState state, String approval) {
    var entry = state.find(approval);
    return entry == null
        ? Ruling.refused("Expected the id of an approval, but nobody asked for " + approval + ".")
        : Ruling.told(StatusReply.success(view(entry)));
  }

  Approvals all(GateState state) {
    return new Approvals(state.entries().values().stream().map(this::view).toList());
  }

  private Ruling<StatusReply<ApprovalView>> viewed(String approval, List<ApprovalEvent> events) {
    return new Ruling<>(events, next -> StatusReply.success(view(next, approval)));
  }

  ApprovalView view(GateState state, String approval) {
    var entry = state.find(approval);
    if (entry == null) throw new IllegalStateException("no approval " + approval);
    return view(entry);
  }

  ApprovalView view(GateEntry entry) {
    return entry.view(gate.equals(ApprovalCommand.OUTSIDE) ? null : gate);
  }
}
