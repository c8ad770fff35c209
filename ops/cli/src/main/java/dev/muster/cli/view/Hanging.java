package dev.muster.cli.view;

import dev.muster.cli.terminal.Text;
import java.util.ArrayList;
import java.util.List;

/// Text of others behind a name, broken between words where the line ends. What goes on hangs below
/// its beginning, so that none of it can be taken for a line of its own.
final class Hanging {
  private Hanging() {}

  /// @param text one line, as it may be shown
  /// @param columns where a line ends; a longer word is left whole
  static List<String> lines(String head, String text, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(head);
    var used = Text.width(head);
    for (var word : text.split(" ", -1)) {
      var width = Text.width(word);
      if (used > head.length() && used + 1 + width > columns) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(head.length()));
        used = head.length();
      } else if (used > head.length()) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += width;
    }
    lines.add(line.toString());
    return lines;
  }
}
