package dev.muster.node.tools;

import dev.muster.node.tools.Violation.Kind;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scripts that nobody writes by accident. The sandbox makes them harmless anyway; they are refused
/// so that somebody sees that they were tried. What is in a here-document is text and not looked
/// at.
final class Blocked {
  /// Where a command begins. None of these expressions can be made to try a text in many ways.
  private static final String BEGIN = "(?m)(?:^|[;&|(]|\\bdo\\b|\\bthen\\b)[ \\t]{0,40}";

  private static final Pattern HERE_DOCUMENT =
      Pattern.compile("(?<!<)<<-?[ \\t]{0,10}['\"]?([A-Za-z_]\\w{0,60})");
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Kind.BLOCKED_COMMAND,
              "the root of the file system is not deleted",
              BEGIN + "rm[ \\t]{1,9}(?:-[\\w-]{1,40}[ \\t]{1,9}){1,9}/(?:\\*|\\s|;|$)"),
          new Rule(
              Kind.BLOCKED_COMMAND,
              "no function calls itself twice in the background (a fork bomb)",
              "([^\\s(){}]{1,30})\\s{0,9}\\(\\s{0,9}\\)\\s{0,9}\\{\\s{0,9}\\1\\s{0,9}\\|\\s{0,9}\\1\\s{0,9}&"),
          new Rule(
              Kind.BLOCKED_COMMAND,
              "no file system is made, and no device is written",
              BEGIN
                  + "(?:mkfs[.\\w]{0,9}[ \\t]{1,9}/dev/|dd["
                  + " \\t][^\\n;|&]{0,300}\\bof=/dev/(?!null|stdout|stderr))"),
          new Rule(
              Kind.BLOCKED_COMMAND,
              "an agent has no rights beyond its own",
              BEGIN + "(?:sudo|su|doas|pkexec|nsenter|chroot)(?:\\s|$)"),
          new Rule(
              Kind.SECRET_ACCESS,
              "the environment and memory of other processes are not read",
              "/proc/(?:\\d+|\\*)/(?:environ|mem|root)\\b"),
          new Rule(
              Kind.SECRET_ACCESS,
              "keys and tokens of the operator are not read",
              "operator\\.token|/etc/g?shadow\\b|(?:~|/root|/home/[\\w.*-]{1,40}|\\$HOME)/\\.(?:ssh|aws|gnupg|kube|docker|netrc|config/gh)\\b"));

  private record Rule(Kind kind, String words, Pattern pattern) {
    Rule(Kind kind, String words, String pattern) {
      this(kind, words, Pattern.compile(pattern));
    }
  }

  private Blocked() {}

  static List<String> words() {
    return RULES.stream().map(Rule::words).toList();
  }

  static @Nullable Violation in(String script) {
    var code = withoutTexts(script);
    for (var rule : RULES) {
      var found = rule.pattern().matcher(code);
      if (found.find()) return new Violation(rule.kind(), rule.words(), found.group().strip());
    }
    return null;
  }

  /// Without the lines of here-documents.
  private static String withoutTexts(String script) {
    var code = new StringBuilder();
    String end = null;
    for (var line : script.split("\n", -1)) {
      if (end != null) {
        if (line.strip().equals(end)) end = null;
        continue;
      }
      code.append(line).append('\n');
      var begins = HERE_DOCUMENT.matcher(line);
      if (begins.find()) end = begins.group(1);
    }
    // One that never ends is none.
    return end == null ? code.toString() : script;
  }
}
