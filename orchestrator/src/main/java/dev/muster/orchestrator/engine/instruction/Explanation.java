package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands behind a name to explain it: in parentheses, or after a colon or a dash.
final class Explanation {
  private static final Pattern SEPARATOR =
      Pattern.compile("\\s*(?::(?=\\s|$)|-+(?=\\s|$)|\\s-(?!>))");
  private static final Pattern NEXT =
      Pattern.compile(
          "(?i);|[.!?](?=\\s|$)|,\\s*(?:(?:and|or|&)\\s+)?(?=(?:" + WorkerNames.START + ")\\d)");
  private static final Pattern NAME =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}_])workers?[\\s_#-]*(\\d{1,9})(?!\\d)");
  private static final int EARLY = 12;
  private static final Pattern NO = Pattern.compile("(?i)\\W*(?:no|n/a|nein|non|false)\\W*");
  private static final Pattern WEAK = Pattern.compile("(?i)\\W*(?:soft|weak|former)");
  private static final Pattern EXCEPT =
      Pattern.compile(
          "(?i)\\s*\\(\\s*(?:except(?: for)?|without|excluding|but"
              + " not|not|ohne|außer|sauf)\\s+([^()]{1,200})\\)");
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{2,9}(?!\\d)");

  /// What may stand between: "WORKER_010 is complete (…)", "WORKER_010 output files: …".
  private static final Pattern BETWEEN =
      Pattern.compile(
          "((?:\\s+[\\p{L}'_/-]*\\p{L}[\\p{L}'_/-]*){1,4}?)(?=\\s*\\(|\\s*:(?:\\s|$)|\\s+-\\s)");

  private Explanation() {}

  /// The index behind it; the same index when there is none.
  static int end(String text, int from) {
    var between = BETWEEN.matcher(text).region(from, text.length());
    if (between.lookingAt() && isPlain(between.group(1))) return separated(text, between.end(1));
    return separated(text, from);
  }

  private static boolean isPlain(String words) {
    return Cue.next(words, 0) == null && !words.matches("(?i).*\\b(?:and|or|but)\\b.*");
  }

  private static int separated(String text, int from) {
    var end = from;
    for (var at = blanks(text, end); text.startsWith("(", at); at = blanks(text, end)) {
      end = closing(text, at) + 1;
      if (end == 0) return text.length();
    }
    var separator = SEPARATOR.matcher(text).region(end, text.length());
    if (!separator.lookingAt()) return end;
    var next = NEXT.matcher(text);
    return next.find(separator.end()) ? next.start() : text.length();
  }

  private static int blanks(String text, int from) {
    var at = from;
    while (at < text.length() && text.charAt(at) == ' ') at++;
    return at;
  }

  private static int closing(String text, int open) {
    var depth = 0;
    for (var at = open; at < text.length(); at++) {
      if (text.charAt(at) == '(') depth++;
      if (text.charAt(at) == ')' && --depth == 0) return at;
    }
    return -1;
  }

  /// What it makes of the name before it: "(optional)", "(depends on this)"; null for nothing.
  static @Nullable Cue turns(String words) {
    if (NO.matcher(words).matches()) return Cue.ASIDE;
    var found = Cue.next(words, 0);
    if (found == null || found.start() > EARLY) return null;
    if (WEAK.matcher(words).lookingAt()) return Cue.UNCLEAR;
    var behind = DependencySentence.THIS.matcher(words).region(found.end(), words.length());
    var ofThis = behind.lookingAt();
    if (found.cue() == Cue.ASIDE) return Cue.ASIDE;
    if (found.cue() == Cue.AWAITED && ofThis) return Cue.REVERSED;
    return null;
  }

  /// The workers that an explanation of a range leaves out: "(except 004)".
  static List<String> except(String words) {
    var match = EXCEPT.matcher(words);
    if (!match.lookingAt()) return List.of();
    return NUMBER
        .matcher(match.group(1))
        .results()
        .map(it -> WorkerIds.PREFIX + it.group())
        .toList();
  }

  /// The workers that only the explanation names.
  static List<String> names(String words) {
    var ids = new ArrayList<String>();
    var match = NAME.matcher(words);
    while (match.find()) ids.add(WorkerIds.PREFIX + match.group(1));
    return ids;
  }
}
