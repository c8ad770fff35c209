package dev.muster.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Text in a narrow column: broken between words, and inside paths and lists after their marks,
/// never inside a word.
final class Fold {
  /// A word longer than this makes no column wider; it alone may be broken anywhere.
  private static final int PIECE_MAX = 30;

  private static final String MARKS = "/,;:=&?-";

  private Fold() {}

  static int longestPiece(String text) {
    var longest = 0;
    for (var word : words(text)) {
      var width = Text.width(word.stripTrailing());
      if (width > PIECE_MAX) {
        width =
            pieces(word).stream().mapToInt(it -> Text.width(it.stripTrailing())).max().orElse(0);
      }
      longest = Math.max(longest, width);
    }
    return Math.min(longest, PIECE_MAX);
  }

  /// Of what may stand in a line of its own: a word, or a part of a path or a list.
  static int longestPart(String text) {
    var longest = 0;
    for (var word : words(text)) {
      for (var piece : pieces(word)) longest = Math.max(longest, Text.width(piece.stripTrailing()));
    }
    return longest;
  }

  /// @param linesMax what does not fit in so many ends with an ellipsis
  static List<String> lines(String text, int columns, int linesMax) {
    if (Text.width(text) <= columns) return List.of(text);
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    var used = 0;
    for (var piece : parts(text, columns)) {
      if (used + Text.width(piece.stripTrailing()) > columns && used > 0) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      var rest = piece;
      while (Text.width(rest.stripTrailing()) > columns) {
        var head = Text.head(rest, columns);
        lines.add(head);
        rest = rest.substring(head.length());
      }
      line.append(rest);
      used += Text.width(rest);
    }
    if (used > 0) lines.add(line.toString());
    var kept = new ArrayList<String>();
    for (var i = 0; i < Math.min(linesMax, lines.size()); i++) {
      var whole = i < linesMax - 1 || lines.size() <= linesMax;
      kept.add(
          whole
              ? lines.get(i).stripTrailing()
              : Text.cut(lines.get(i) + lines.get(linesMax), columns));
    }
    return kept;
  }

  /// Words, and of those that are too long the parts.
  private static List<String> parts(String text, int columns) {
    var parts = new ArrayList<String>();
    for (var word : words(text)) {
      if (Text.width(word.stripTrailing()) <= columns) parts.add(word);
      else parts.addAll(pieces(word));
    }
    return parts;
  }

  /// Each ends with the blanks that follow it.
  private static List<String> words(String text) {
    return split(text, (before, length) -> before == ' ');
  }

  private static List<String> pieces(String word) {
    return split(word, (before, length) -> MARKS.indexOf(before) >= 0 && length > 1);
  }

  private interface Break {
    boolean after(char before, int length);
  }

  private static List<String> split(String text, Break breaks) {
    var pieces = new ArrayList<String>();
    var start = 0;
    for (var i = 1; i < text.length(); i++) {
      if (text.charAt(i) != ' ' && breaks.after(text.charAt(i - 1), i - start)) {
        pieces.add(text.substring(start, i));
        start = i;
      }
    }
    if (start < text.length()) pieces.add(text.substring(start));
    return pieces;
  }
}
