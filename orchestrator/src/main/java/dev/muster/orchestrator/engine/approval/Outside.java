package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one decision is worth to a caller that is no worker: one operation, begun while the
/// decision is fresh. Pure.
public final class Outside {
  static final Duration REMEMBERED = Duration.ofDays(7);

  private Outside() {}

  /// The same operation may be asked about anew.
  static boolean isSpent(String gate, GateEntry entry, Instant now) {
    if (!gate.equals(ApprovalCommand.OUTSIDE)) return false;
    if (entry.consumed() != null) return true;
    if (entry.decided() == null) return !entry.deadline().isAfter(now);
    return entry.decided().decision() == Decision.EXPIRED || !stands(entry, now);
  }

  /// Why the decision cannot be used now, or null.
  static @Nullable String refusal(String gate, GateEntry entry, Instant now) {
    var id = entry.id();
    if (!gate.equals(ApprovalCommand.OUTSIDE)) {
      return "Expected an approval of an outside caller, but %s is used up by its worker."
          .formatted(id);
    }
    var decided = entry.decided();
    if (decided == null) {
      return "Expected an approval that was given, but %s waits for a decision.".formatted(id);
    }
    if (!decided.decision().allows()) {
      return "Expected an approval that was given, but %s is %s.".formatted(id, decided.decision());
    }
    var consumed = entry.consumed();
    if (consumed != null) {
      return "Expected an approval that is unused, but %s was consumed by %s at %s: ask again."
          .formatted(id, consumed.node(), consumed.at());
    }
    return stands(entry, now)
        ? null
        : "Expected an approval that still stands, but %s ended at %s: ask again."
            .formatted(id, entry.view(null).standsUntil());
  }

  /// What nobody can use any more, and so long that whoever still asks about it finds it in the
  /// list of approvals, and not here.
  static boolean isLongOver(GateEntry entry, Instant at) {
    var decided = entry.decided();
    if (decided == null) return false;
    var consumed = entry.consumed();
    var until = consumed != null ? consumed.at() : entry.view(null).standsUntil();
    return (until == null ? decided.at() : until).isBefore(at.minus(REMEMBERED));
  }

  private static boolean stands(GateEntry entry, Instant now) {
    var until = entry.view(null).standsUntil();
    return until == null || until.isAfter(now);
  }
}
