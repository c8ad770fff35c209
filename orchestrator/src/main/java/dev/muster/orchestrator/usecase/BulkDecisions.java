package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.Approval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Deciding many at once, after a look at how many and what they are.
///
/// What may have run already, what has changed since it was asked about before, and what an agent
/// asks is left out: each of those is to be looked at by itself.
public record BulkDecisions(Approvals approvals) {
  /// Of one query.
  public static final int AT_ONCE_MAX = 500;

  /// And told to their gates before the first answers.
  public static final int UNDER_WAY_MAX = 100;

  private static final int REFUSED_SHOWN = 20;

  public record Kind(String kind, int count) {}

  /// @param count how many would be decided
  /// @param alone how many have to be looked at by themselves
  /// @param more whether there are more than are decided at once
  /// @param ids of exactly those
  /// @param digest of exactly those, in their content: a decision names what was counted
  public record Preview(
      int count, int alone, boolean more, List<Kind> kinds, List<String> ids, String digest) {
    public Preview {
      kinds = List.copyOf(kinds);
      ids = List.copyOf(ids);
    }
  }

  public record Refused(String id, String detail) {}

  /// What became of some before this decision, and by whom.
  ///
  /// @param by null where nobody decided: their time was over, or their run had ended
  public record Already(Approval.State state, @Nullable String by, int count) {}

  /// @param voted how many have this voice now, and wait for that of somebody else
  /// @param already what somebody else was faster with
  /// @param refused the first of those that could not be decided
  public record Outcome(
      int decided,
      int voted,
      int alone,
      boolean more,
      int alreadyTotal,
      List<Already> already,
      int refusedTotal,
      List<Refused> refused) {
    public Outcome {
      already = List.copyOf(already);
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
        those.stream().map(Approval::id).toList(),
        digest(those));
  }

  /// What fits a query.
  ///
  /// @param waiting at most one more than are decided at once
  /// @param digest of the preview; refused when something else waits by now
  public Outcome decide(
      List<Approval> waiting, String digest, Decision decision, Principal by, String reason) {
    var those = together(waiting);
    refuseOthers(those, digest);
    return decide(
        those,
        first(waiting).size() - those.size(),
        waiting.size() > AT_ONCE_MAX,
        decision,
        by,
        reason);
  }

  /// Exactly those that were counted, whatever else fits by now; what was decided meanwhile is left
  /// as it is.
  ///
  /// @param ids of the preview; what there is not is refused by the digest
  public Outcome decideCounted(
      List<String> ids, String digest, Decision decision, Principal by, String reason) {
    var counted = approvals.findAll(ids);
    refuseOthers(counted, digest);
    var those = counted.stream().filter(it -> !isForOneLook(it)).toList();
    return decide(those, counted.size() - those.size(), false, decision, by, reason);
  }

  private static void refuseOthers(List<Approval> those, String digest) {
    if (digest.equals(digest(those))) return;
    throw Refusal.conflict(
        "selection-changed",
        "expected what was counted, but something else waits by now: look again");
  }

  private Outcome decide(
      List<Approval> those,
      int alone,
      boolean more,
      Decision decision,
      Principal by,
      String reason) {
    List<Refused> refused = new ArrayList<>();
    List<String> already = new ArrayList<>();
    var voted = 0;
    for (var some : pieces(those)) {
      // Anew for each piece, since those before it take their time. What a gate says in the moment
      // in which its run ends stands: nobody is left to act on it.
      var ended = ended(some);
      // Gates persist what comes together in one write.
      for (var asked : some.stream().map(it -> ask(it, ended, decision, by, reason)).toList()) {
        try {
          var answer = asked.answer();
          if (!asked.approval().pending() || isOthers(answer, by)) {
            already.add(asked.approval().id());
          } else if (answer.pending()) {
            voted++;
          }
        } catch (Refusal e) {
          refused.add(new Refused(asked.approval().id(), e.words()));
        }
      }
    }
    return new Outcome(
        those.size() - refused.size() - already.size() - voted,
        voted,
        alone,
        more,
        already.size(),
        grouped(approvals.findAll(already)),
        refused.size(),
        refused.subList(0, Math.min(REFUSED_SHOWN, refused.size())));
  }

  private record Asked(Approval approval, CompletionStage<ApprovalView> stage) {
    Approval answer() {
      return Approval.of(Await.answer(stage));
    }
  }

  private Asked ask(
      Approval approval,
      Map<String, RunPhase> ended,
      Decision decision,
      Principal by,
      String reason) {
    var run = approval.run();
    var state = run == null || !approval.pending() ? null : ended.get(run);
    try {
      if (state != null) throw Approvals.closed(String.valueOf(run), state);
      return new Asked(approval, approvals.told(approval, decision, by, reason));
    } catch (Refusal e) {
      return new Asked(approval, CompletableFuture.failedFuture(e));
    }
  }

  private Map<String, RunPhase> ended(List<Approval> those) {
    return approvals
        .lookup()
        .ended(those.stream().map(Approval::run).filter(Objects::nonNull).distinct().toList());
  }

  private static List<List<Approval>> pieces(List<Approval> all) {
    return IntStream.iterate(0, from -> from < all.size(), from -> from + UNDER_WAY_MAX)
        .mapToObj(from -> all.subList(from, Math.min(all.size(), from + UNDER_WAY_MAX)))
        .toList();
  }

  /// Who says the same a moment later is answered with the decision of the first.
  private static boolean isOthers(Approval decided, Principal by) {
    return decided.decidedBy() != null
        && !List.of(decided.decidedBy().split(", *")).contains(by.name());
  }

  private static List<Already> grouped(List<Approval> already) {
    var groups = new LinkedHashMap<Already, Integer>();
    for (var it : already)
      groups.merge(new Already(it.state(), it.decidedBy(), 1), 1, Integer::sum);
    return groups.entrySet().stream()
        .map(it -> new Already(it.getKey().state(), it.getKey().by(), it.getValue()))
        .toList();
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
