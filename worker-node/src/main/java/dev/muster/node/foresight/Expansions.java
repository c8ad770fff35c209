package dev.muster.node.foresight;

import java.util.List;
import java.util.regex.Pattern;

/// Where in a script that ends which bash puts together when it runs. What stands in it may hold
/// quotes of its own; where that is not plain, nobody can tell what is a command behind it.
final class Expansions {
  private static final String IN_QUOTES = "\"(?:[^\"`\\\\\\n$]|\\$[A-Za-z_])*\"";

  /// With quotes, but without another one, a comment, or what ends somewhere else than it seems.
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\$\\((?:[^'\"`()\\\\#\\n<{}$]|\\$[A-Za-z_]|<(?![<(])|"
              + IN_QUOTES
              + "|'[^'\\n]*')*\\)");

  private static final Pattern SUM =
      Pattern.compile("\\$\\(\\([A-Za-z0-9_ $+*/%<>=!&|?:,-]*\\)\\)");
  private static final Pattern VALUE =
      Pattern.compile("\\$\\{[A-Za-z0-9_#!@*?-](?:[^'\"`\\\\(){}\\n$]|\\$[A-Za-z_])*\\}");
  private static final Pattern OLD_COMMAND = Pattern.compile("`[^`'\"\\\\\\n]*`");
  private static final Pattern ESCAPES = Pattern.compile("\\$'(?:[^'\\\\\\n]|\\\\[^'\\n])*'");
  private static final Pattern ARMS = Pattern.compile("\\bcase\\b");

  private Expansions() {}

  /// Behind the one that begins there; behind its first character where none does; -1 where nobody
  /// can tell.
  static int end(String script, int from, boolean quoted) {
    for (var pattern : List.of(SUM, COMMAND, VALUE, OLD_COMMAND, ESCAPES)) {
      if (pattern.equals(ESCAPES) && quoted) continue;
      var found = pattern.matcher(script).region(from, script.length());
      if (found.lookingAt() && !ARMS.matcher(found.group()).find()) return found.end();
    }
    var begins = List.of("`", "$(", "${").stream().anyMatch(it -> script.startsWith(it, from));
    return begins || (!quoted && script.startsWith("$'", from)) ? -1 : from + 1;
  }

  /// The text with a mere `$` in place of each that is plain, outside of single quotes.
  static String without(String text) {
    var left = new StringBuilder();
    var quoted = false;
    for (var at = 0; at < text.length(); ) {
      var sign = text.charAt(at);
      var expands = sign == '$' || sign == '`';
      var end = expands ? end(text, at, quoted) : at + 1;
      if (end < 0) return left + text.substring(at);
      if (sign == '\\') end = Math.min(at + 2, text.length());
      if (sign == '"') quoted = !quoted;
      if (sign == '\'' && !quoted) {
        var stop = text.indexOf('\'', end);
        end = stop < 0 ? text.length() : stop + 1;
      }
      left.append(expands ? "$" : text.substring(at, end));
      at = end;
    }
    return left.toString();
  }
}
