package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.view.Approval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Deciding many at once, after a look at how many and what they are.
///
/// What may have run already, what has changed since it was asked about before, and what an agent
/// asks is left out: each of those is to be looked at by itself.
public record BulkDecisions(Approvals approvals) {
  /// Of one query.
  public static final int AT_ONCE_MAX = 500;

  private static final int REFUSED_SHOWN = 20;

  public record Kind(String kind, int count) {}

  /// @param count how many would be decided
  /// @param alone how many have to be looked at by themselves
  /// @param more whether there are more than are decided at once
  /// @param digest of exactly those, in their content: a decision names what was counted
  public record Preview(int count, int alone, boolean more, List<Kind> kinds, String digest) {
    public Preview {
      kinds = List.copyOf(kinds);
    }
  }

  public record Refused(String id, String detail) {}

  /// @param refused the first of those that could not be decided
  public record Outcome(
      int decided, int alone, boolean more, int refusedTotal, List<Refused> refused) {
    public Outcome {
      refused = List.copyOf(refused);
    }
  }

  /// @param waiting at most one more than are decided at once
  public static Preview preview(List<Approval> waiting) {
    var those = together(waiting);
    var kinds = new TreeMap<String, Integer>();
    those.forEach(it -> kinds.merge(it.kind(), 1, Integer::sum));
    return new Preview(
        those.size(),
        first(waiting).size() - those.size(),
        waiting.size() > AT_ONCE_MAX,
        kinds.entrySet().stream().map(it -> new Kind(it.getKey(), it.getValue())).toList(),
        digest(those));
  }

  /// @param digest of the preview; refused when something else waits by now
  public Outcome decide(
      List<Approval> waiting, String digest, Decision decision, Principal by, String reason) {
    var those = together(waiting);
    if (!digest.equals(digest(those))) {
      throw Refusal.conflict(
          "selection-changed",
          "expected what was counted, but something else waits by now: look again");
    }
    List<Refused> refused = new ArrayList<>();
    for (var approval : those) {
      try {
        approvals.decide(approval, decision, by, reason, approval.digest());
      } catch (Refusal e) {
        refused.add(new Refused(approval.id(), e.words()));
      }
    }
    return new Outcome(
        those.size() - refused.size(),
        first(waiting).size() - those.size(),
        waiting.size() > AT_ONCE_MAX,
        refused.size(),
        refused.subList(0, Math.min(REFUSED_SHOWN, refused.size())));
  }

  private static List<Approval> first(List<Approval> waiting) {
    return waiting.subList(0, Math.min(AT_ONCE_MAX, waiting.size()));
  }

  private static List<Approval> together(List<Approval> waiting) {
    return first(waiting).stream().filter(it -> !isForOneLook(it)).toList();
  }

  private static boolean isForOneLook(Approval approval) {
    var bound = approval.bound();
    return approval.mayHaveRun()
        || Enquiries.isOne(approval.kind())
        || (bound != null && !bound.changes().isEmpty());
  }

  private static String digest(List<Approval> those) {
    return Sha256.of(
        those.stream()
            .map(it -> it.id() + " " + it.digest())
            .sorted()
            .collect(Collectors.joining("\n")));
  }
}
