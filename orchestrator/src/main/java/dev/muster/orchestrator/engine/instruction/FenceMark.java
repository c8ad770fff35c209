package dev.muster.orchestrator.engine.instruction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The line that opens a fence: three or more backticks or tildes, at any indentation.
record FenceMark(char character, int length, int indentation, String info) {
  static @Nullable FenceMark opening(String line) {
    var start = indentation(line);
    var end = run(line, start);
    if (end - start < 3) return null;
    var info = line.substring(end).strip();
    var character = line.charAt(start);
    if (character == '`' && info.indexOf('`') >= 0) return null; // inline code, not a fence
    return new FenceMark(character, end - start, start, info);
  }

  boolean closedBy(String line) {
    var start = indentation(line);
    var end = run(line, start);
    return end - start >= length
        && line.charAt(start) == character
        && line.substring(end).isBlank();
  }

  /// Whether a line inside this fence opens one of the same kind, with a language. A shorter mark
  /// is content.
  boolean opensAgain(String line) {
    var other = opening(line);
    return other != null
        && other.character == character
        && other.length >= length
        && !other.info.isEmpty();
  }

  /// The text between the marks. Where the closing mark is missing, the blank lines and the rule
  /// that stood before the next heading do not belong to it.
  String unindent(List<String> body, boolean closed) {
    var end = body.size();
    while (!closed && end > 0 && isDecoration(body.get(end - 1))) end--;
    var text = new StringBuilder();
    for (var line : body.subList(0, end)) text.append(unindent(line)).append('\n');
    return text.toString();
  }

  /// A line without the indentation that the opening mark has.
  String unindent(String line) {
    return line.substring(Math.min(indentation, indentation(line)));
  }

  private static boolean isDecoration(String line) {
    return line.isBlank() || MarkdownScanner.isRule(line.strip());
  }

  private static int indentation(String line) {
    var at = 0;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) at++;
    return at;
  }

  private static int run(String line, int start) {
    if (start >= line.length()) return start;
    var mark = line.charAt(start);
    if (mark != '`' && mark != '~') return start;
    var end = start;
    while (end < line.length() && line.charAt(end) == mark) end++;
    return end;
  }
}
