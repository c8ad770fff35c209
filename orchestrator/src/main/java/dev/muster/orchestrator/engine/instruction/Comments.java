package dev.muster.orchestrator.engine.instruction;

import java.util.List;

/// Takes HTML comments out of lines. A comment that begins a line hides everything up to its end,
/// however far that is; one inside a line must end before the next blank line, else it is text.
final class Comments {
  private static final String OPEN = "<!--";
  private static final String CLOSE = "-->";

  private final List<String> lines;
  private boolean hidden;
  private int openedAt;

  Comments(List<String> lines) {
    this.lines = lines;
  }

  /// Whether the next line begins inside a comment.
  boolean isOpen() {
    return hidden;
  }

  /// The line where a comment begins that never ends, from 1; 0 when all end.
  int unclosedLine() {
    return hidden ? openedAt : 0;
  }

  /// What is left of a line; lines must be given in order.
  ///
  /// @param at index of the line
  String without(String line, int at) {
    if (!hidden && line.indexOf(OPEN) < 0) return line;
    var left = new StringBuilder();
    var from = 0;
    while (true) {
      if (hidden) {
        var end = line.indexOf(CLOSE, from);
        if (end < 0) return left.toString();
        hidden = false;
        from = end + CLOSE.length();
      }
      var open = opening(line, from);
      if (open < 0) return left.append(line, from, line.length()).toString();
      var begins = left.toString().isBlank() && line.substring(from, open).isBlank();
      if (!begins && !closes(line, open, at)) {
        return left.append(line, from, line.length()).toString();
      }
      left.append(line, from, open);
      hidden = true;
      openedAt = at + 1;
      from = open + OPEN.length();
    }
  }

  /// Outside backticks, where a comment is code.
  private static int opening(String line, int from) {
    var open = line.indexOf(OPEN, from);
    while (open >= 0) {
      var before = line.substring(0, open).chars().filter(c -> c == '`').count();
      if (before % 2 == 0) return open;
      open = line.indexOf(OPEN, open + 1);
    }
    return -1;
  }

  private boolean closes(String line, int open, int at) {
    if (line.indexOf(CLOSE, open) >= 0) return true;
    for (var next = at + 1; next < lines.size() && !lines.get(next).isBlank(); next++) {
      if (lines.get(next).contains(CLOSE)) return true;
    }
    return false;
  }
}
