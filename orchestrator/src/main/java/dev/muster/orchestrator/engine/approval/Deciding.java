package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Decide;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator's decision has to agree with. Pure.
final class Deciding {
  static final Duration WAIT_MAX = Duration.ofDays(7);

  private Deciding() {}

  /// It was decided this way before, and the answer may have been lost.
  static boolean isRepeated(GateEntry entry, Decide decide) {
    return entry.decided() != null
        && entry.decided().decision() == decide.decision()
        && (!isAnswer(entry, decide) || entry.decided().reason().equals(decide.reason()))
        && hasSeen(entry, decide);
  }

  /// Why it cannot be decided so, or null.
  static @Nullable String refusal(GateEntry entry, Decide decide, Instant now) {
    if (!hasSeen(entry, decide)) {
      return "Expected digest %s, but you have seen %s."
          .formatted(entry.operation().digest(), decide.digest());
    }
    if (isAnswer(entry, decide) && decide.reason().isBlank()) {
      return "Expected an answer in words, since %s is a question.".formatted(entry.id());
    }
    if (entry.decided() != null && entry.allowed() && isAnswer(entry, decide)) {
      return "Expected a question that waits for an answer, but %s was answered by %s."
          .formatted(entry.id(), entry.decided().by());
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

  /// Why there cannot be more time for it, or null.
  static @Nullable String refusal(String gate, GateEntry entry, Instant now) {
    if (gate.equals(ApprovalCommand.OUTSIDE)) {
      return "Expected an approval of a run, but %s stands as long as its program waits: ask again."
          .formatted(entry.id());
    }
    if (entry.decided() != null) {
      return "Expected an approval that waits for a decision, but %s is %s."
          .formatted(entry.id(), entry.decided().decision());
    }
    if (!entry.deadline().isAfter(now)) {
      return "Expected an approval that waits for a decision, but the time of %s is over."
          .formatted(entry.id());
    }
    return null;
  }

  /// Never nearer, and never further than [#WAIT_MAX] from now.
  static Instant later(GateEntry entry, Duration span, Instant now) {
    var wished = entry.deadline().plus(span);
    var latest = now.plus(WAIT_MAX);
    var later = wished.isAfter(latest) ? latest : wished;
    return later.isAfter(entry.deadline()) ? later : entry.deadline();
  }

  /// What the decision makes of it: nothing new, one voice of several, or the end of the matter.
  static List<ApprovalEvent> events(GateEntry entry, Decide decide, Instant at) {
    var by = decide.by();
    if (decide.decision() != Decision.APPROVED || decide.people() <= 1) {
      return List.of(decided(entry, decide, by.name(), at));
    }
    if (entry.people().hasVoted(by)) {
      // Somebody whose voice did not count when the last one came is back.
      return entry.people().votes().size() < decide.people()
          ? List.of()
          : List.of(decided(entry, decide, entry.people().names(), at));
    }
    var voted = new ApprovalVoted(entry.id(), by, decide.reason(), decide.people(), at);
    return entry.people().votes().size() + 1 < decide.people()
        ? List.of(voted)
        : List.of(voted, decided(entry, decide, entry.people().names(by), at));
  }

  private static ApprovalDecided decided(GateEntry entry, Decide decide, String by, Instant at) {
    return new ApprovalDecided(entry.id(), decide.decision(), by, decide.reason(), at);
  }

  private static boolean isAnswer(GateEntry entry, Decide decide) {
    return decide.decision() == Decision.APPROVED && Enquiries.needsWords(entry.operation().kind());
  }

  private static boolean hasSeen(GateEntry entry, Decide decide) {
    return decide.digest() == null || decide.digest().equals(entry.operation().digest());
  }
}
