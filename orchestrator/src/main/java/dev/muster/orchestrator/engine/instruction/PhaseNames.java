package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads phases out of plain text: `Phase 1-2`, `Phases 1, 2 and 4`, `phase two`.
final class PhaseNames {
  private static final Map<String, String> WORDS =
      Map.of(
          "zero", "0", "one", "1", "two", "2", "three", "3", "four", "4", "five", "5", "six", "6",
          "seven", "7", "eight", "8", "nine", "9");
  private static final String NUMBER =
      "(\\d{1,4}(?:\\.\\d{1,4})?|(?:" + String.join("|", WORDS.keySet()) + ")\\b)";
  private static final String SPAN =
      NUMBER
          + "(?:\\s*(?:-|\\.{2,3}|\\bto\\b|\\bdown\\s*to\\b|\\bthrough\\b)\\s*(?:phase\\s+)?"
          + NUMBER
          + ")?(?![\\w%])(?!\\s*(?:min|hour|sec|day|week|ms\\b))";
  private static final Pattern FIRST =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}_])phases?[\\s_#:-]*" + SPAN);
  private static final Pattern MORE =
      Pattern.compile("(?i)\\s*(?:,|and|&|\\+|/|or)\\s*(?:phases?[\\s_#-]*)?" + SPAN);

  private final String text;

  PhaseNames(String text) {
    this.text = text;
  }

  record Read(List<Reference.Phases> references, int end) {}

  /// -1 when there is none.
  int next(int from) {
    var match = FIRST.matcher(text);
    return match.find(from) ? match.start() : -1;
  }

  Read read(int start, int line) {
    var references = new ArrayList<Reference.Phases>();
    var match = FIRST.matcher(text);
    if (!match.find(start)) return new Read(references, start);
    add(references, match, line);
    var end = match.end();
    var more = MORE.matcher(text).region(end, text.length());
    while (more.lookingAt()) {
      add(references, more, line);
      end = more.end();
      more.region(end, text.length());
    }
    return new Read(references, end);
  }

  private static void add(List<Reference.Phases> references, Matcher match, int line) {
    var from = phase(match.group(1));
    var to = match.group(2) == null ? from : phase(match.group(2));
    if (from == null || to == null) return;
    var downwards = to.isBefore(from);
    references.add(new Reference.Phases(line, downwards ? to : from, downwards ? from : to));
  }

  private static @Nullable Phase phase(String number) {
    return Phase.parse(WORDS.getOrDefault(number.toLowerCase(Locale.ROOT), number));
  }
}
