package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.ShellText.Unclosed;
import java.util.List;
import java.util.regex.Pattern;

/// Finds where a fenced shell script ends. In Markdown the first closing mark ends a fence. But a
/// script may write Markdown itself, fences and all: a mark inside a here-document or a quote that
/// is closed further down belongs to the script.
///
/// An opening quote may also be a slip of the pen, and then everything down to the next apostrophe
/// would look quoted. So a quote is followed only over marks that pair up, or over a few lines that
/// hang together; a here-document only to its own end. Else Markdown's own rule holds, and the
/// script is found to be cut.
final class ScriptFence {
  private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}\\s.*");

  /// Marks looked at in one script, and characters read in one document: beyond them Markdown's own
  /// rule holds.
  private static final int MARKS_MAX = 64;

  private static final int CHARS_MAX = 20_000_000;

  private final List<String> lines;
  private int chars;

  ScriptFence(List<String> lines) {
    this.lines = lines;
  }

  /// The line of the mark that closes the script; -1 where Markdown's own rule decides.
  int closing(int opening, FenceMark mark) {
    var marks = 0;
    for (var at = opening + 1; at < lines.size(); at++) {
      var closes = mark.closedBy(lines.get(at));
      if (!closes && !mark.opensAgain(lines.get(at))) continue;
      var script = mark.unindent(lines.subList(opening + 1, at), true);
      if (++marks > MARKS_MAX || (chars += script.length()) > CHARS_MAX) return -1;
      var open = ShellLexer.unclosed(script);
      if (open == null) return closes ? at : -1;
      at =
          open.hereDocument() ? word(open, at, mark) : quote(open, opening + open.line(), at, mark);
      if (at < 0) return -1;
    }
    return -1;
  }

  /// The line that ends a here-document; -1 when there is none, or when it ends a later one.
  private int word(Unclosed open, int from, FenceMark mark) {
    var again = Pattern.compile("<<-?\\s*[\"'\\\\]?" + Pattern.quote(open.mark()) + "(?!\\w)");
    for (var at = from + 1; at < lines.size() && seen(at); at++) {
      var line = mark.unindent(lines.get(at));
      if (line.equals(open.mark()) || ShellLexer.plain(line, true).equals(open.mark())) return at;
      if (line.contains("<<") && again.matcher(line).find()) return -1;
    }
    return -1;
  }

  /// The line in which a quote is closed; -1 when it is not, or more likely was never meant.
  private int quote(Unclosed open, int opened, int from, FenceMark mark) {
    if (!open.mark().equals("'") && !open.mark().equals("\"")) return -1;
    var end = from;
    var together = true;
    while (++end < lines.size() && seen(end) && !holds(lines.get(end), open.mark().charAt(0))) {
      if (MarkdownScanner.isNumberedHeading(lines.get(end))) return -1;
      together &= !lines.get(end).isBlank() && !HEADING.matcher(lines.get(end)).matches();
    }
    if (end >= lines.size() || chars > CHARS_MAX) return -1;
    return together || pairUp(opened + 1, end, mark) ? end : -1;
  }

  private static boolean holds(String line, char quote) {
    for (var at = 0; at < line.length(); at++) {
      if (line.charAt(at) == '\\' && quote == '"') at++;
      else if (line.charAt(at) == quote) return true;
    }
    return false;
  }

  /// Whether every mark that opens between two lines is closed between them.
  private boolean pairUp(int from, int end, FenceMark mark) {
    FenceMark inner = null;
    for (var line : lines.subList(from, end)) {
      if (inner == null) {
        var opening = FenceMark.opening(line);
        if (opening != null && opening.character() == mark.character()) inner = opening;
      } else if (inner.closedBy(line)) {
        inner = null;
      } else if (inner.opensAgain(line)) {
        return false;
      }
    }
    return inner == null;
  }

  private boolean seen(int at) {
    chars += lines.get(at).length() + 1;
    return chars <= CHARS_MAX;
  }
}
