package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.approval.ApprovalIds;
import dev.muster.orchestrator.engine.approval.OutsideDigest;
import dev.muster.orchestrator.readside.table.GateViews;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.Approval;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Deciding, and asking on behalf of a program that is no worker.
///
/// @param rules how many people must approve what
/// @param identities who of those that approved may still
public record Approvals(
    GateViews views,
    Gates gates,
    ApprovalRules rules,
    Identities identities,
    RunLookup lookup,
    InstantSource clock) {
  /// What a program outside wants to do.
  ///
  /// @param risk the worst where it does not say
  /// @param digest of what else the approval is bound to
  public record Wish(
      String caller,
      String kind,
      @Nullable Risk risk,
      String consequence,
      String script,
      List<String> targets,
      @Nullable String digest) {
    public Wish {
      targets = List.copyOf(targets);
    }
  }

  public Approval find(String id) {
    var gate = ApprovalIds.gateOf(id);
    var found = gate == null ? null : views.find(gate, id);
    if (found == null) throw unknown(id);
    return found;
  }

  /// Those of these that there are.
  public List<Approval> findAll(List<String> ids) {
    var gates = new LinkedHashMap<String, List<String>>();
    for (var id : ids) {
      var gate = ApprovalIds.gateOf(id);
      if (gate != null) gates.computeIfAbsent(gate, _ -> new ArrayList<>()).add(id);
    }
    return gates.entrySet().stream()
        .flatMap(it -> views.find(it.getKey(), it.getValue()).stream())
        .toList();
  }

  public static Refusal unknown(String id) {
    return Refusal.unknown(
        "unknown-approval",
        "no approval is called " + RunLookup.shown(id) + "; GET /api/v1/approvals lists them");
  }

  /// @param digest of what the caller has seen; null where it does not say
  /// @param reason empty for none
  public Approval decide(
      Approval approval, Decision decision, Principal by, String reason, @Nullable String digest) {
    refuseOtherDigest(approval, digest);
    refuseWhereTheRunHasEnded(approval);
    return Approval.of(Await.answer(told(approval, decision, by, reason)));
  }

  /// Of a run that has not ended; its gate is not waited for.
  CompletionStage<ApprovalView> told(
      Approval approval, Decision decision, Principal by, String reason) {
    refuseOtherDecision(approval, decision);
    var policy = rules.policyFor(approval.kind(), approval.risk());
    if (decision == Decision.APPROVED) {
      refuseOwnQuestion(by, approval);
      refuseOthers(by, policy, approval);
      refuseYesToWords(approval);
    }
    return tell(approval, decision, by, policy.people() + lapsed(approval, policy), reason);
  }

  private static void refuseOtherDigest(Approval approval, @Nullable String digest) {
    if (digest != null && !digest.equals(approval.digest())) {
      throw Refusal.conflict(
          "digest-mismatch",
          "expected digest %s, found %s: look at the operation again before you decide"
              .formatted(approval.digest(), digest));
    }
  }

  /// Answers what an agent has asked, once.
  ///
  /// @param digest of the question that the caller has seen; null where it does not say
  public Approval answer(Approval question, Principal by, String text, @Nullable String digest) {
    if (digest != null && !digest.equals(question.digest())) {
      throw Refusal.conflict(
          "digest-mismatch",
          "expected digest %s, found %s: it asks something else by now"
              .formatted(question.digest(), digest));
    }
    if (question.state() == Approval.State.APPROVED) {
      throw Refusal.conflict(
          "already-answered",
          "expected a question that waits for an answer, but %s was answered by %s"
              .formatted(question.id(), question.decidedBy()));
    }
    refuseWhereTheRunHasEnded(question);
    refuseOtherDecision(question, Decision.APPROVED);
    refuseOthers(by, policyOf(question), question);
    return Approval.of(Await.answer(tell(question, Decision.APPROVED, by, 1, text)));
  }

  private CompletionStage<ApprovalView> tell(
      Approval approval, Decision decision, Principal by, int people, String reason) {
    var gate = ApprovalIds.gateOf(approval.id());
    if (gate == null) throw new IllegalStateException(approval.id() + " names no gate");
    return gates.decide(gate, approval.id(), decision, by, people, reason, approval.digest());
  }

  /// Voices of people who have been disabled since, or may not approve it any more: somebody else
  /// has to take the place of each.
  private int lapsed(Approval approval, KindPolicy policy) {
    var isEscalated = approval.escalatedAt() != null;
    return (int)
        approval.votes().stream()
            .map(Approval.Vote::person)
            .filter(Objects::nonNull)
            .filter(person ->
                !identities.mayStill(
                    person, it -> it.may(Permission.DECIDE) && policy.lets(it, isEscalated)))
            .count();
  }

  private static void refuseYesToWords(Approval approval) {
    if (!Enquiries.needsWords(approval.kind())) return;
    throw Refusal.conflict(
        "needs-words",
        "expected an answer in words, since %s is a question: `muster answer %s/%s TEXT`"
            .formatted(approval.id(), approval.run(), approval.worker()));
  }

  /// Its gate may not have heard yet that there is nothing left to decide.
  private void refuseWhereTheRunHasEnded(Approval approval) {
    var run = approval.run();
    if (run == null || approval.state() != Approval.State.PENDING) return;
    var state = lookup.run(run).state();
    if (state.finished()) throw closed(run, state);
  }

  static Refusal closed(String run, RunPhase state) {
    return Refusal.conflict(
        "already-closed",
        "expected an approval that somebody waits for, but its run %s is %s".formatted(run, state));
  }

  /// Says what it was decided already, or that it is too late, in the code, too.
  private void refuseOtherDecision(Approval approval, Decision decision) {
    var late = !approval.deadline().isAfter(clock.instant());
    var state =
        approval.state() == Approval.State.PENDING && late
            ? Approval.State.EXPIRED
            : approval.state();
    if (state == Approval.State.PENDING || state.name().equals(decision.name())) return;
    throw Refusal.conflict(
        "already-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "expected an approval that waits for a decision, but %s is %s%s"
            .formatted(
                approval.id(),
                state,
                approval.decidedBy() == null ? "" : ", decided by " + approval.decidedBy()));
  }

  /// Rejecting is everybody's who may decide: it lets nothing run.
  private static void refuseOthers(Principal by, KindPolicy policy, Approval approval) {
    if (policy.lets(by, approval.escalatedAt() != null)) return;
    throw Refusal.forbidden(
        "not-among-approvers",
        "expected one of %s to approve %s, found %s; the settings say so under approvals.policies"
            .formatted(String.join(", ", policy.by()), approval.kind(), by.name()));
  }

  /// Everything that the settings say about deciding it.
  public KindPolicy policyOf(Approval approval) {
    return rules.policyFor(approval.kind(), approval.risk());
  }

  /// Who asks is never who approves.
  private void refuseOwnQuestion(Principal by, Approval approval) {
    var person = approval.askedPerson();
    if (person == null || !rules.isOwnQuestion(by, person)) return;
    throw Refusal.forbidden(
        "own-question",
        "expected somebody else to approve it, since %s asked it".formatted(by.name()));
  }

  /// What the caller does next is what was approved: the next time needs another decision.
  public Approval consume(Approval approval, Principal by) {
    var run = approval.run();
    if (run != null) {
      throw Refusal.conflict(
          "not-outside",
          "expected an approval of an outside caller, but %s belongs to %s of %s, which uses it up"
              .formatted(approval.id(), approval.worker(), run));
    }
    return Approval.of(Await.answer(gates.consume(approval.id(), by.name())));
  }

  /// @param waitMax null as long as is usual
  public Approval request(Wish wish, @Nullable Duration waitMax, Principal by) {
    if (Enquiries.isOne(wish.kind())) {
      throw Refusal.unusable(
          "reserved-kind", "expected a kind of operation, found " + wish.kind() + " of agents");
    }
    var risk = wish.risk() == null ? Risk.ADMIN : wish.risk();
    var operation =
        new OperationRequest(
            wish.caller(),
            0,
            OutsideDigest.of(
                wish.caller(),
                wish.kind(),
                risk,
                wish.consequence(),
                wish.script(),
                wish.targets(),
                wish.digest()),
            0,
            wish.kind(),
            risk,
            wish.consequence(),
            wish.script(),
            wish.targets(),
            false,
            "",
            null);
    var caller = by.caller();
    return Approval.of(Await.answer(gates.request(operation, waitMax, caller)));
  }
}
