package dev.muster.cli.verb;

import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import java.util.Locale;

/// One thing that was looked at: `ok`, `warn` or `fail`, and how to mend what is not ok.
final class CheckLine {
  private CheckLine() {}

  static void print(Terminal terminal, HostChecks.Check check) {
    var style =
        switch (check.state()) {
          case OK -> Style.GREEN;
          case WARN -> Style.YELLOW;
          case FAIL -> Style.RED;
        };
    var word = check.state().name().toLowerCase(Locale.ROOT);
    terminal.prose(
        terminal.styled(style, word)
            + " ".repeat(6 - word.length())
            + check.name()
            + ": "
            + Text.line(check.found()));
    if (!check.advice().isEmpty()) {
      terminal.prose("      fix: " + check.advice());
    }
  }
}
