package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.ShellText.Unclear;
import java.util.List;
import java.util.regex.Pattern;

/// Reads a script as bash would, without running it. What stands open at its end makes it unusable:
/// bash would take all that follows for text, and a test whose checks are text passes. What is only
/// odd is a warning, since bash knows more than this reader.
final class ScriptCheck {
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\u00A0\\u2000-\\u200F\\u2028-\\u202F\\u2060\\u3000\\uFEFF]");

  private ScriptCheck() {}

  /// Whether the script can be used.
  static boolean usable(String file, Fence fence, List<Finding> findings) {
    try {
      var tokens = ShellLexer.lex(fence.text());
      ShellParser.parse(tokens);
      tokens.stream()
          .filter(token -> token.bare() && INVISIBLE.matcher(token.text()).find())
          .findFirst()
          .ifPresent(token -> findings.add(unclear(file, fence, token.line(), invisible(token))));
      return true;
    } catch (Unclear e) {
      var unclosed = e.unclosed();
      if (unclosed == null) {
        findings.add(unclear(file, fence, e.line(), "this reads oddly: " + e.getMessage()));
        return true;
      }
      findings.add(
          Finding.of(
              Code.INVALID_SCRIPT,
              file,
              fence.line() + e.line(),
              unclosed.toString(),
              unclosed.hereDocument()
                  ? "End it with a line that holds " + unclosed.mark() + " and nothing else."
                  : "Close it, or write \\" + unclosed.mark() + " for the character itself."));
      return false;
    }
  }

  private static String invisible(ShellLexer.Token token) {
    var match = INVISIBLE.matcher(token.text());
    var sign = match.find() ? match.group().charAt(0) : ' ';
    return "a word holds U+%04X, which looks like a blank and is none".formatted((int) sign);
  }

  private static Finding unclear(String file, Fence fence, int line, String message) {
    var last = (int) fence.text().lines().count();
    return Finding.of(
        Code.UNCLEAR_SCRIPT,
        file,
        fence.line() + Math.min(line, Math.max(last, 1)),
        message,
        "Try the script with bash -n.");
  }
}
