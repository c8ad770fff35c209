package dev.muster.orchestrator.approval;

import dev.muster.protocol.approval.ApprovalCommand.Decide;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an operator's decision has to agree with. Pure.
final class Deciding {
  private Deciding() {}

  /// It was decided this way before, and the answer may have been lost.
  static boolean isRepeated(GateEntry entry, Decide decide) {
    return entry.decided() != null
        && entry.decided().decision() == decide.decision()
        && hasSeen(entry, decide);
  }

  /// Why it cannot be decided so, or null.
  static @Nullable String refusal(GateEntry entry, Decide decide, Instant now) {
    if (!hasSeen(entry, decide)) {
      return "Expected digest %s, but you have seen %s."
          .formatted(entry.operation().digest(), decide.digest());
    }
    if (entry.decided() != null) {
      return "Expected an approval that waits for a decision, but %s is %s."
          .formatted(entry.id(), entry.decided().decision());
    }
    if (!entry.deadline().isAfter(now)) {
      return "Expected an answer before %s, but it is %s: %s has expired."
          .formatted(entry.deadline(), now, entry.id());
    }
    return null;
  }

  private static boolean hasSeen(GateEntry entry, Decide decide) {
    return decide.digest() == null || decide.digest().equals(entry.operation().digest());
  }
}
