package dev.muster.protocol.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is different between two texts, as `diff -u` says it, to be read by somebody who must not
/// be deceived: what cannot be seen is marked, and what is left out is said.
///
/// @param text hunks, one line each; empty when both are the same
/// @param added lines, also those that are left out
/// @param removed lines, also those that are left out
/// @param cut whether lines were left out
public record UnifiedDiff(String text, int added, int removed, boolean cut) {
  /// A longer line is cut with a mark.
  static final int LINE_CHARS_MAX = 500;

  private static final int CONTEXT = 3;

  /// Up to so many pairs of lines are compared; where there are more, all between the equal
  /// beginning and the equal end counts as replaced.
  private static final int PAIRS_MAX = 1_000_000;

  private static final String NO_END = "\\ No newline at end of file";

  /// The text of a file; null when people cannot read it as text.
  public static @Nullable String text(byte[] content) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.indexOf(0) < 0 ? text : null;
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  /// @param charsMax of the text; whole lines are left out beyond
  public static UnifiedDiff of(String before, String after, int charsMax) {
    if (before.equals(after)) return new UnifiedDiff("", 0, 0, false);
    return new Draft(edits(lines(before), lines(after))).diff(charsMax);
  }

  /// Its end belongs to a line, so that a missing one is a difference.
  private static List<String> lines(String text) {
    if (text.isEmpty()) return List.of();
    var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) lines.removeLast();
    else lines.set(lines.size() - 1, lines.getLast() + "\n");
    return lines;
  }

  /// @param sign ` `, `-` or `+`
  private record Edit(char sign, String line) {}

  private static List<Edit> edits(List<String> before, List<String> after) {
    var start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    var end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    var edits = new ArrayList<Edit>();
    before.subList(0, start).forEach(line -> edits.add(new Edit(' ', line)));
    between(
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end),
        edits);
    before
        .subList(before.size() - end, before.size())
        .forEach(line -> edits.add(new Edit(' ', line)));
    return edits;
  }

  private static void between(List<String> before, List<String> after, List<Edit> edits) {
    var rows = before.size();
    var columns = after.size();
    if ((long) rows * columns > PAIRS_MAX) {
      before.forEach(line -> edits.add(new Edit('-', line)));
      after.forEach(line -> edits.add(new Edit('+', line)));
      return;
    }
    // How many lines the rests have in common, from each pair of lines on.
    var common = new int[rows + 1][columns + 1];
    for (var i = rows - 1; i >= 0; i--) {
      for (var j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var i = 0;
    var j = 0;
    while (i < rows || j < columns) {
      if (i < rows && j < columns && before.get(i).equals(after.get(j))) {
        edits.add(new Edit(' ', before.get(i)));
        i++;
        j++;
      } else if (i < rows && (j == columns || common[i + 1][j] >= common[i][j + 1])) {
        edits.add(new Edit('-', before.get(i++)));
      } else {
        edits.add(new Edit('+', after.get(j++)));
      }
    }
  }

  private static final class Draft {
    private final List<Edit> edits;
    private final StringBuilder text = new StringBuilder();
    private boolean cut;

    private Draft(List<Edit> edits) {
      this.edits = edits;
    }

    private UnifiedDiff diff(int charsMax) {
      var before = 1;
      var after = 1;
      for (var at = 0; at < edits.size() && !cut; ) {
        var from = at;
        if (edits.get(at).sign == ' ' && !isNear(at)) {
          before++;
          after++;
          at++;
          continue;
        }
        while (at < edits.size() && (edits.get(at).sign != ' ' || isNear(at))) at++;
        var hunk = edits.subList(from, at);
        var old = count(hunk, '+');
        var now = count(hunk, '-');
        append(
            "@@ -%d,%d +%d,%d @@".formatted(old == 0 ? 0 : before, old, now == 0 ? 0 : after, now),
            charsMax);
        for (var edit : hunk) line(edit, charsMax);
        before += old;
        after += now;
      }
      return new UnifiedDiff(
          text.toString(), edits.size() - count(edits, '+'), edits.size() - count(edits, '-'), cut);
    }

    private boolean isNear(int at) {
      var from = Math.max(0, at - CONTEXT);
      var to = Math.min(edits.size(), at + CONTEXT + 1);
      return edits.subList(from, to).stream().anyMatch(edit -> edit.sign != ' ');
    }

    /// All but those with this sign.
    private static int count(List<Edit> edits, char sign) {
      return (int) edits.stream().filter(edit -> edit.sign != sign).count();
    }

    private void line(Edit edit, int charsMax) {
      var endless = edit.line.endsWith("\n");
      var line = endless ? edit.line.substring(0, edit.line.length() - 1) : edit.line;
      append(edit.sign + shown(line), charsMax);
      if (endless) append(NO_END, charsMax);
    }

    private void append(String line, int charsMax) {
      if (cut || text.length() + line.length() + 1 > charsMax) {
        cut = true;
        return;
      }
      text.append(line).append('\n');
    }

    private static String shown(String line) {
      var over = line.length() - LINE_CHARS_MAX;
      var kept = over > 0 ? line.substring(0, LINE_CHARS_MAX) : line;
      var shown = Visible.block(kept);
      return over > 0 ? shown + " … (" + over + " more characters)" : shown;
    }
  }
}
