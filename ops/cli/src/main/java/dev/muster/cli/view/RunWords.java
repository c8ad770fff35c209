package dev.muster.cli.view;

import dev.muster.cli.terminal.Text;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Spend;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A run in words.
public final class RunWords {
  private static final int HOLDS_SHOWN_MAX = 3;

  private static final Set<Hold.Kind> USUAL =
      Set.of(Hold.Kind.EARLIER_WAVE, Hold.Kind.DEPENDENCY, Hold.Kind.PARALLEL, Hold.Kind.WRITES);

  private RunWords() {}

  /// `12 turns, 34567 tokens, $0.1200 (local $0.0200, strong $0.1000)`, and of one profile only its
  /// name.
  public static String spend(Spend spend) {
    var total = spend.total();
    var profiles =
        spend.profiles().entrySet().stream()
            .map(it ->
                Text.line(it.getKey())
                    + (spend.profiles().size() == 1 ? "" : " " + dollars(it.getValue())))
            .collect(Collectors.joining(", "));
    return "%s, %d tokens, %s (%s)"
        .formatted(Text.count(total.turns(), "turn"), total.tokens(), dollars(total), profiles);
  }

  private static String dollars(Spend.Sum sum) {
    if (sum.unpriced() > 0 && sum.unpriced() == sum.turns()) return "no price known";
    var cost = String.format(Locale.ROOT, "$%.4f", sum.costDollars());
    return sum.unpriced() == 0
        ? cost
        : cost + " and " + Text.count(sum.unpriced(), "turn") + " without a price";
  }

  /// What stands where others have the time of their release.
  public static String notReleased(RunView.Wave wave) {
    if (wave.settledAt() == null && wave.settled() < wave.total()) return "not yet";
    return wave.carriedOver() > 0 && wave.carriedOver() == wave.total() ? "carried over" : "never";
  }

  /// `12/225 done, 3 running, 1 needs approval, 2 failed`.
  public static String progress(RunView run) {
    var workers = run.workers();
    List<String> parts = new ArrayList<>();
    parts.add(workers.settled() + "/" + workers.total() + " done");
    if (workers.running() > 0) {
      parts.add(workers.running() + " running");
    }
    var asked = run.approvals().pending();
    if (asked > 0) {
      parts.add(asked + (asked == 1 ? " needs approval" : " need approval"));
    }
    var bad = workers.failed() + workers.blocked() + workers.cancelled();
    if (bad > 0) {
      parts.add(counts(run));
    }
    add(parts, run.scope().leftOut().total(), "left out");
    return String.join(", ", parts);
  }

  private static String counts(RunView run) {
    var workers = run.workers();
    List<String> parts = new ArrayList<>();
    add(parts, workers.failed(), "failed");
    add(parts, workers.blocked(), "blocked");
    add(parts, workers.cancelled(), "cancelled");
    return String.join(", ", parts);
  }

  /// `225 workers: 220 completed (1 weak), 3 held, 2 waiting`.
  public static String workers(RunView run) {
    var workers = run.workers();
    List<String> parts = new ArrayList<>();
    add(parts, workers.completed(), "completed" + weak(workers.weak()));
    add(parts, workers.rehearsed(), "rehearsed (nothing was executed)");
    add(parts, workers.failed(), "failed");
    add(parts, workers.blocked(), "blocked");
    add(parts, workers.cancelled(), "cancelled");
    add(parts, workers.held(), "held");
    add(parts, workers.running(), "running");
    add(parts, workers.waiting(), "waiting");
    add(parts, run.scope().leftOut().total(), "left out");
    return Text.count(workers.total() + run.scope().leftOut().total(), "worker")
        + ": "
        + String.join(", ", parts);
  }

  /// The word that must stand beside every count of verdicts that tests could not have failed.
  public static String weak(int weak) {
    return weak > 0 ? " (" + weak + " weak)" : "";
  }

  /// `100.0 % (1 weak: its test proves too little)`.
  public static String testPassRate(double rate, int weak) {
    var whose = weak == 1 ? ": its test proves too little)" : ": their tests prove too little)";
    return percent(rate) + (weak > 0 ? " (" + weak + " weak" + whose : "");
  }

  /// `6 operations asked: 2 approved, 3 by policy, 1 expired`.
  public static String approvals(RunView.Approvals approvals) {
    List<String> parts = new ArrayList<>();
    add(parts, approvals.approved(), "approved");
    add(parts, approvals.autoApproved(), "approved by policy");
    add(parts, approvals.rejected(), "rejected");
    add(parts, approvals.expired(), "expired");
    add(parts, approvals.closed(), "closed");
    add(parts, approvals.pending(), "open");
    return Text.count(approvals.requested(), "operation") + " asked: " + String.join(", ", parts);
  }

  private static void add(List<String> parts, int number, String word) {
    if (number > 0) {
      parts.add(number + " " + word);
    }
  }

  /// Why nothing (more) is released, the first few, each with its subject; what somebody could do
  /// something about comes first. Empty when nothing is held back.
  public static List<String> holds(RunView run) {
    var all = new ArrayList<>(run.holds());
    all.sort(Comparator.comparing(RunWords::usual));
    return lines(all);
  }

  /// Holds without those that are the usual course of a run: waiting for earlier work or a place.
  public static List<Hold> unusual(RunView run) {
    return run.holds().stream().filter(hold -> !usual(hold)).toList();
  }

  /// Why, with what is held.
  public static String words(Hold hold) {
    var named = hold.reason().contains(hold.subject());
    return Text.line(named ? hold.reason() : hold.subject() + ": " + hold.reason());
  }

  /// In whole seconds, which is what changes on a screen. Never less than nothing: the clocks of
  /// two machines differ.
  public static String elapsed(Duration duration) {
    var shown = duration.isNegative() ? Duration.ZERO : duration.truncatedTo(ChronoUnit.SECONDS);
    return Text.duration(shown).replace(".0 s", " s");
  }

  private static boolean usual(Hold hold) {
    return USUAL.contains(hold.kind());
  }

  private static List<String> lines(List<Hold> holds) {
    var lines = new ArrayList<String>();
    for (var hold : holds) {
      if (lines.size() == HOLDS_SHOWN_MAX) {
        lines.add("and " + (holds.size() - HOLDS_SHOWN_MAX) + " more");
        break;
      }
      lines.add(words(hold));
    }
    return lines;
  }

  /// 0.9875 as `98.7 %`, never rounded up to a hundred that was not reached.
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1000) / 10);
  }
}
