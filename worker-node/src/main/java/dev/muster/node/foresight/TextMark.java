package dev.muster.node.foresight;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What ends a text that a command reads, as in `<<'END'`: a word of which nobody can doubt what it
/// is to bash, which fills in nothing there.
///
/// @param quoted the text is what it says, word for word
/// @param behind where the line goes on
record TextMark(String word, boolean quoted, int behind) {
  private static final Pattern MARK =
      Pattern.compile("<<[ \\t]*(?:'(\\w+)'|\"(\\w+)\"|\\\\(\\w+)|(\\w+))(?=[ \\t\\n;|&()<>]|$)");

  /// Null where it is another one.
  static @Nullable TextMark at(String script, int from) {
    var mark = MARK.matcher(script).region(from, script.length());
    if (!mark.lookingAt()) return null;
    for (var group = 1; group < 4; group++) {
      if (mark.group(group) != null) return new TextMark(mark.group(group), true, mark.end());
    }
    return new TextMark(mark.group(4), false, mark.end());
  }
}
