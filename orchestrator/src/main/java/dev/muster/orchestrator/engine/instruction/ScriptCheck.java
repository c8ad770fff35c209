package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.ShellText.Unclear;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a script as bash would, without running it. What stands open at its end makes it unusable:
/// bash would take all that follows for text, and a test whose checks are text passes. What is only
/// odd is a warning, since bash knows more than this reader.
final class ScriptCheck {
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\u00A0\\u2000-\\u200F\\u2028-\\u202F\\u2060\\u3000\\uFEFF]");

  private static final Pattern TYPESET = Pattern.compile("^[‘’–—](?=.)");
  private static final Pattern CURLY = Pattern.compile("[“”„]");
  private static final String TYPED =
      "this holds %s, as word processors write it; to bash it is a letter";
  private static final Pattern SHEBANG = Pattern.compile("^#!(?!.*sh\\b).{0,80}");
  private static final Pattern PROMPT =
      Pattern.compile("[$%]|[\\w.-]{1,40}@[\\w.-]{1,80}(?::\\S{0,200})?[$#%]|PS>");

  private ScriptCheck() {}

  /// Whether the script can be used.
  static boolean usable(String file, Fence fence, List<Finding> findings) {
    try {
      var tokens = ShellLexer.lex(fence.text());
      foreign(file, fence, tokens, findings);
      ShellParser.parse(tokens);
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

  /// What a word processor, a terminal or another language left in a script.
  private static void foreign(
      String file, Fence fence, List<ShellLexer.Token> tokens, List<Finding> findings) {
    var shebang = SHEBANG.matcher(fence.text());
    if (shebang.find()) {
      findings.add(
          unclear(file, fence, 1, "it begins with " + shebang.group() + ", but bash runs it"));
    }
    var lines = fence.text().split("\n", -1);
    var line = 0;
    for (var token : tokens) {
      var first = token.line() != line;
      line = token.line();
      var whole = line > 0 && line <= lines.length ? lines[line - 1] : "";
      var odd = first ? curly(whole) : null;
      if (odd == null && token.bare()) {
        var prompt = first && PROMPT.matcher(token.text()).matches();
        odd = prompt ? prompted(token.text()) : typed(token);
      }
      if (odd == null) continue;
      findings.add(unclear(file, fence, line, odd));
      return;
    }
  }

  /// A typographic quote that no other quote and no comment holds. Lines of here-documents begin no
  /// word.
  private static @Nullable String curly(String line) {
    var at = CURLY.matcher(line);
    return at.find() && line.chars().limit(at.start()).noneMatch(c -> "#'\"".indexOf(c) >= 0)
        ? TYPED.formatted(at.group())
        : null;
  }

  private static String prompted(String prompt) {
    return "a line begins with " + prompt + ", a prompt that bash takes for a command";
  }

  private static @Nullable String typed(ShellLexer.Token token) {
    if (INVISIBLE.matcher(token.text()).find()) return invisible(token);
    var sign = TYPESET.matcher(token.text());
    return sign.find() ? TYPED.formatted(sign.group()) : null;
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
