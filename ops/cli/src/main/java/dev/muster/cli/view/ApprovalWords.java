package dev.muster.cli.view;

import dev.muster.cli.client.ApprovalView;
import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What an operator must know before a decision, in the words the console uses too.
public final class ApprovalWords {
  private static final int SCRIPT_LINES_MAX = 200;

  private ApprovalWords() {}

  /// The consequence and everything it rests on, one line each.
  public static List<String> lines(ApprovalView approval, Instant now, Terminal terminal) {
    var lines = new ArrayList<String>();
    lines.add(
        terminal.styledMessage(Style.BOLD, approval.id())
            + "  "
            + approval.kind()
            + "  risk "
            + terminal.styledMessage(risk(approval), approval.risk()));
    lines.add("  " + terminal.styledMessage(Style.BOLD, Text.line(approval.consequence())));
    if (approval.mayHaveRun()) {
      lines.add(
          "  "
              + terminal.styledMessage(
                  Style.RED, "It may already have run: a crash left no record of how it ended."));
    }
    lines.add("  asked by   " + Text.line(asker(approval)));
    if (!approval.workingFolder().isEmpty()) {
      lines.add("  runs in    " + Text.line(approval.workingFolder()));
    }
    if (!approval.writes().isEmpty()) {
      lines.add("  may write  " + Text.line(String.join(", ", approval.writes())));
    }
    lines.add("  network    " + (approval.network() ? "yes" : "no"));
    script(approval, lines);
    lines.add("  digest     " + approval.digest());
    lines.add("  state      " + state(approval, now));
    return lines;
  }

  private static Style risk(ApprovalView approval) {
    return switch (approval.risk()) {
      case "ADMIN" -> Style.RED;
      case "WRITE" -> Style.YELLOW;
      default -> Style.GREEN;
    };
  }

  private static String asker(ApprovalView approval) {
    var run = approval.run();
    return run == null ? approval.worker() : approval.worker() + " of " + run;
  }

  private static void script(ApprovalView approval, List<String> lines) {
    var script = Text.block(approval.script()).lines().toList();
    if (script.isEmpty()) {
      return;
    }
    lines.add("  script");
    script.stream().limit(SCRIPT_LINES_MAX).forEach(line -> lines.add("    | " + line));
    if (script.size() > SCRIPT_LINES_MAX) {
      lines.add(
          "    | … "
              + (script.size() - SCRIPT_LINES_MAX)
              + " more lines: `muster approvals show "
              + approval.id()
              + " -o json`");
    }
  }

  /// `PENDING, expires in 23 h 59 min`; `REJECTED by operator: too risky`.
  public static String state(ApprovalView approval, Instant now) {
    var deadline = approval.deadline();
    if (approval.pending()) {
      return deadline == null ? "PENDING" : "PENDING, " + expiry(deadline, now);
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
