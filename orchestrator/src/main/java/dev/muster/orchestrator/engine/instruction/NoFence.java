package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.regex.Pattern;

/// Finds what other tools show as a block, and what is only indented.
final class NoFence {
  private static final Pattern LIKE_A_BLOCK =
      Pattern.compile(
          "(?i)\\s{0,9}(?:>[\\s>]{0,9}(?:```|~~~)|<pre\\b|\\{(?:code|noformat)\\b|\\{\\{?[<%]\\s{0,9}highlight\\b|\\.\\."
              + " code-block::|#\\+begin_src\\b|\\[source\\b|'''(?:ba)?sh|``(?:ba)?sh\\b).*");

  private static final Pattern INDENTED = Pattern.compile("(?: {4}|\\t)\\s{0,9}[\\w.$/\"'].*");

  private NoFence() {}

  /// Where the first of a section begins; 0 when there is none.
  static int line(Section section) {
    var above = "-"; // the last line that is not indented; a list may go on indented
    var blank = true;
    for (var line : section.lines()) {
      var text = line.text();
      var indented = INDENTED.matcher(text).matches();
      var alone = indented && blank && ItemText.of(above) == null && ItemText.of(text) == null;
      if (alone || LIKE_A_BLOCK.matcher(text).matches()) return line.number();
      blank = text.isBlank();
      if (!blank && !indented) above = text;
    }
    return 0;
  }
}
