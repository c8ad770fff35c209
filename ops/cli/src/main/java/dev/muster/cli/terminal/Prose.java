package dev.muster.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Sentences for a reader: broken between words where the line ends, and with commands that can be
/// copied as they stand.
///
/// A command is written between backticks. It is shown without them, with the flags it needs to
/// reach the same node, and never broken: a copied line break would end it too early.
final class Prose {
  private static final Pattern COMMAND = Pattern.compile("`(muster [^`\n]*)`");

  /// What stays together: a command with what follows it directly, a figure with its unit, a word.
  private static final Pattern PIECE =
      Pattern.compile(
          "(?:`muster [^`\n]*`|[^ `])(?:[^ ]*[0-9] (?:s|min|h|%)(?![A-Za-z0-9]))?[^ ]*|`[^ ]*");

  private Prose() {}

  /// @param columns where a line ends; a longer word is left whole
  /// @param reach what commands need to reach the same node
  static List<String> lines(String text, int columns, Reach reach) {
    var lines = new ArrayList<String>();
    for (var line : text.split("\n", -1)) {
      wrap(line, columns, reach, lines);
    }
    return lines;
  }

  private static void wrap(String text, int columns, Reach reach, List<String> lines) {
    if (Text.width(plain(command(text, reach))) <= columns) {
      lines.add(command(text, reach));
      return;
    }
    var indent = text.length() - text.stripLeading().length();
    var further = " ".repeat(Math.min(hanging(text, indent), columns / 3));
    var line = new StringBuilder(" ".repeat(indent));
    var used = indent;
    var empty = true;
    var end = indent;
    var pieces = PIECE.matcher(text).results().toList();
    for (MatchResult piece : pieces) {
      var shown = command(piece.group(), reach);
      var width = Text.width(plain(shown));
      var blanks = empty ? 0 : piece.start() - end;
      if (!empty && used + blanks + width > columns) {
        lines.add(line.toString());
        line = new StringBuilder(further);
        used = further.length();
        blanks = 0;
      }
      line.repeat(' ', blanks).append(shown);
      used += blanks + width;
      empty = false;
      end = piece.end();
    }
    lines.add(line.toString());
  }

  /// What is set apart by two blanks or more hangs below its own beginning.
  private static int hanging(String text, int indent) {
    var gap = text.indexOf("  ", indent);
    if (gap < 0 || gap > indent + 16) return indent + 2;
    var start = gap;
    while (start < text.length() && text.charAt(start) == ' ') start++;
    return Text.width(plain(text.substring(0, start)));
  }

  private static String command(String text, Reach reach) {
    return text.indexOf('`') < 0
        ? text
        : COMMAND
            .matcher(text)
            .replaceAll(
                found -> java.util.regex.Matcher.quoteReplacement(reach.command(found.group(1))));
  }

  private static String plain(String text) {
    return Style.without(text);
  }
}
