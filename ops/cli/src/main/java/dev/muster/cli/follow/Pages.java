package dev.muster.cli.follow;

import dev.muster.cli.terminal.Terminal;
import java.util.List;

/// Shows what somebody is about to decide, page by page when it is long, and knows whether all of
/// it has been seen.
public final class Pages {
  static final int LINES = 200;

  private final Terminal terminal;

  public Pages(Terminal terminal) {
    this.terminal = terminal;
  }

  /// False when whoever looks did not want to see the rest.
  ///
  /// @param full everything at once
  public boolean show(List<String> lines, boolean full) {
    for (var from = 0; from < lines.size(); from += LINES) {
      var to = Math.min(lines.size(), from + LINES);
      lines.subList(from, to).forEach(terminal::show);
      if (to == lines.size() || full) continue;
      var answer =
          terminal.ask("%d of %d lines. [Enter] goes on, [q]uits: ".formatted(to, lines.size()));
      if (answer == null || !answer.isEmpty()) return false;
    }
    return true;
  }
}
