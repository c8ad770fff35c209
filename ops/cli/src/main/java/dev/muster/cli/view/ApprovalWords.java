package dev.muster.cli.view;

import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What an operator must know before a decision, in the words the console uses too.
public final class ApprovalWords {
  private ApprovalWords() {}

  /// The consequence and everything it rests on, one line each.
  public static List<String> lines(Approval approval, Instant now, Terminal terminal) {
    var lines = new ArrayList<String>();
    lines.add(
        terminal.styledMessage(Style.BOLD, approval.id())
            + "  "
            + Scrutiny.line(approval.kind())
            + "  risk "
            + terminal.styledMessage(risk(approval), approval.risk().name()));
    lines.add("  " + terminal.styledMessage(Style.BOLD, Scrutiny.line(approval.consequence())));
    if (approval.mayHaveRun()) {
      lines.add(
          "  "
              + terminal.styledMessage(
                  Style.RED, "It may already have run: a crash left no record of how it ended."));
    }
    bound(approval, terminal, lines);
    lines.add("  asked by   " + Scrutiny.line(asker(approval)));
    if (approval.why() != null) {
      var words = "in its own words: " + Scrutiny.line(approval.why());
      lines.addAll(Hanging.lines("  why        ", words, terminal.lineColumns()));
    }
    if (!approval.workingFolder().isEmpty()) {
      lines.add("  runs in    " + Text.line(approval.workingFolder()));
    }
    if (!approval.writes().isEmpty()) {
      lines.add("  may write  " + Scrutiny.line(String.join(", ", approval.writes())));
    }
    lines.add("  network    " + (approval.network() ? "yes" : "no"));
    if (approval.bound() != null) Covered.of(approval.bound(), lines);
    script(approval, terminal, lines);
    lines.add("  digest     " + approval.digest());
    lines.add("  state      " + state(approval, now));
    return lines;
  }

  private static Style risk(Approval approval) {
    return switch (approval.risk()) {
      case ADMIN -> Style.RED;
      case WRITE -> Style.YELLOW;
      case READ_ONLY -> Style.GREEN;
    };
  }

  private static String asker(Approval approval) {
    var run = approval.run();
    return run == null ? approval.worker() : approval.worker() + " of " + run;
  }

  /// What is different from the question before comes first: it is why there is another.
  private static void bound(Approval approval, Terminal terminal, List<String> lines) {
    if (approval.bound() == null) return;
    for (var change : approval.bound().changes()) {
      lines.add("  " + terminal.styledMessage(Style.YELLOW, "changed    " + Scrutiny.line(change)));
    }
  }

  /// All of it: nobody approves what was cut.
  private static void script(Approval approval, Terminal terminal, List<String> lines) {
    var script = Scrutiny.lines(approval.script());
    if (script.isEmpty()) {
      return;
    }
    lines.add("  script     " + Text.count(script.size(), "line"));
    for (var warning : Scrutiny.warnings(approval.script())) {
      lines.add("  " + terminal.styledMessage(Style.RED, "beware     it holds " + warning));
    }
    script.forEach(line -> lines.add("    | " + line));
  }

  /// What tells after a crash whether it has happened.
  public static String check(Approval approval) {
    if (approval.check() != null) return Text.line(approval.check());
    var bound = approval.bound();
    if (bound == null || bound.afterCrash() == null) return "none";
    return Text.line(bound.afterCrash()) + ", after a crash";
  }

  /// `1 of 2 people have approved (alice)`; nothing where nobody has, or one is enough.
  public static String voices(Approval approval) {
    var votes = approval.votes();
    if (votes.isEmpty()) return "";
    var by = votes.stream().map(Approval.Vote::by).collect(Collectors.joining(", "));
    var people = votes.stream().mapToInt(Approval.Vote::people).max().orElseThrow();
    return votes.size() + " of " + people + " people have approved (" + Text.line(by) + ")";
  }

  /// After a decision that others have to make, too; nothing where it was the last.
  public static String voted(Approval after) {
    var voices = after.pending() ? voices(after) : "";
    return voices.isEmpty() ? "" : voices + "; it waits for somebody else.";
  }

  /// `PENDING, expires in 23 h 59 min`; `REJECTED by operator: too risky`.
  public static String state(Approval approval, Instant now) {
    var deadline = approval.deadline();
    if (approval.pending()) {
      var voices = voices(approval);
      return "PENDING, " + (voices.isEmpty() ? "" : voices + ", ") + expiry(deadline, now);
    }
    var by = approval.decidedBy();
    var reason = approval.reason();
    return approval.state()
        + (by == null ? "" : " by " + Text.line(by))
        + (reason == null || reason.isBlank() ? "" : ": " + Text.line(reason))
        + (approval.consumed() ? " (it has run)" : "");
  }

  public static String expiry(Instant deadline, Instant now) {
    var left = Duration.between(now, deadline);
    return left.isNegative() ? "its time is over" : "expires in " + Text.duration(left);
  }
}
