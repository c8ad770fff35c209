package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Bypass;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.approval.OperationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Letting one kind of operation pass for a while. Pure.
///
/// It answers only what was never asked about before: whatever was refused, has expired, has
/// failed, may have run or meets other content than before is a person's to look at.
public final class Bypassing {
  public static final Duration SPAN_MAX = Duration.ofHours(8);

  private static final int KINDS_MAX = 20;

  private Bypassing() {}

  /// The bypass that answers it, or null.
  static Bypasses.@Nullable Bypass answering(
      GateState state, OperationRequest operation, boolean mayHaveRun, Instant at) {
    var bound = operation.bound();
    // What is bound to nothing is a question to a person, too.
    if (mayHaveRun || bound == null || !bound.changes().isEmpty()) return null;
    if (state.timesAsked(operation) > 0 || state.sameAs(operation) != null) return null;
    var bypass = state.bypasses().get(operation.kind());
    return bypass != null && bypass.until().isAfter(at) ? bypass : null;
  }

  /// Why it cannot be so, or null.
  static @Nullable String refusal(String gate, GateState state, Bypass wish, Instant at) {
    if (gate.equals(ApprovalCommand.OUTSIDE)) {
      return "Expected a run, since what programs outside ask is always for a person to decide.";
    }
    if (wish.span().isNegative() || wish.span().compareTo(SPAN_MAX) > 0) {
      return "Expected at most " + SPAN_MAX.toHours() + " hours, found " + wish.span() + ".";
    }
    if (Enquiries.isOne(wish.kind())) {
      return "Expected a kind of operation, but a person has to answer each " + wish.kind() + ".";
    }
    var passing = state.passing(at);
    if (passing.containsKey(wish.kind()) || passing.size() < KINDS_MAX) return null;
    return "Expected at most " + KINDS_MAX + " kinds, and so many are let pass: end one first.";
  }

  static List<ApprovalEvent> events(GateState state, Bypass wish, Instant at) {
    if (!wish.span().isZero()) {
      return List.of(
          new BypassOpened(wish.kind(), at.plus(wish.span()), wish.by(), wish.reason(), at));
    }
    return state.bypasses().containsKey(wish.kind())
        ? List.of(new BypassRevoked(wish.kind(), wish.by(), at))
        : List.of();
  }

  /// Those that still stand.
  static Bypasses standing(GateState state, Instant at) {
    return new Bypasses(
        state.passing(at).values().stream()
            .sorted(Comparator.comparing(Bypasses.Bypass::kind))
            .toList());
  }
}
