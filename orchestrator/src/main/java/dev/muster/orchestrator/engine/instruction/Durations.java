package dev.muster.orchestrator.engine.instruction;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as people write them: `20 minutes`, `1-2 hours`, `1h 30m`, `≤ 90s`, `1,500 ms`, `½
/// hour`, `1:30:00`, `PT5M`. Of a range the longer one counts. A number without a unit is nothing.
final class Durations {
  private static final String PLAIN =
      "\\d{1,3}(?:[,_' \u00A0\u2009\u202F]\\d{3})+(?:\\.\\d{1,3})?+|\\d{1,9}(?:[.,]\\d{1,3})?+";
  private static final String FRACTION = "[½¼¾⅓⅔]|\\d{1,2}/[1-9]\\d?";
  private static final String WORD =
      "half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty";
  private static final String AMOUNT =
      "((?:\\d{1,9}\\s?)?(?:" + FRACTION + ")|" + PLAIN + "|\\b(?:" + WORD + ")\\b)";
  private static final String UNIT =
      "(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w"
          + "|sekunden?|minuten|stunden?|std|tagen?|tag|wochen?)"
          + "(?![\\p{L}])";
  private static final String OTHER_END = "\\s*(?:-|–|—|\\.\\.|\\bto\\b|\\bor\\b|\\band\\b)\\s*";
  private static final Pattern PART =
      compile("(?<![\\p{N}.,:])" + AMOUNT + "(?:" + OTHER_END + AMOUNT + ")?[\\s-]*" + UNIT);
  private static final Pattern CLOCK =
      compile(
          "(?<![\\p{N}.,:])(?:(\\d{1,3}):(\\d{2}):(\\d{2})|(\\d{1,3})(?::(\\d{2})\\s*h(?:ours?|rs?)?"
              + "|\\s?h\\s?(\\d{2})))(?![\\p{L}\\p{N}:])");
  private static final Pattern ISO =
      compile(
          "(?<![\\p{L}\\p{N}])P(?=[\\dT])(?:\\d{1,4}D)?+(?:T(?=\\d)(?:\\d{1,9}H)?+(?:\\d{1,9}M)?+"
              + "(?:\\d{1,9}(?:\\.\\d{1,3})?S)?+)?+(?![\\p{L}\\p{N}])");
  private static final Pattern JOIN = Pattern.compile("\\s*(?:,|and|plus|\\+)?\\s*");
  private static final Pattern RANGE = compile(OTHER_END.replace("|\\band\\b", ""));
  private static final Map<String, Double> NUMBERS =
      Map.ofEntries(
          Map.entry("½", 1 / 2.0),
          Map.entry("¼", 1 / 4.0),
          Map.entry("¾", 3 / 4.0),
          Map.entry("⅓", 1 / 3.0),
          Map.entry("⅔", 2 / 3.0),
          Map.entry("one", 1.0),
          Map.entry("two", 2.0),
          Map.entry("three", 3.0),
          Map.entry("four", 4.0),
          Map.entry("five", 5.0),
          Map.entry("six", 6.0),
          Map.entry("seven", 7.0),
          Map.entry("eight", 8.0),
          Map.entry("nine", 9.0),
          Map.entry("ten", 10.0),
          Map.entry("fifteen", 15.0),
          Map.entry("twenty", 20.0),
          Map.entry("thirty", 30.0),
          Map.entry("sixty", 60.0));
  private static final Duration MAX = Duration.ofDays(30);
  private static final int TEXT_CHARS_MAX = 2_000;

  private Durations() {}

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /// The first duration in a text, at most 30 days; null when there is none.
  static @Nullable Duration in(String whole) {
    var text = whole.length() > TEXT_CHARS_MAX ? whole.substring(0, TEXT_CHARS_MAX) : whole;
    var part = PART.matcher(text);
    var clock = CLOCK.matcher(text);
    var iso = ISO.matcher(text);
    var partAt = part.find() ? part.start() : Integer.MAX_VALUE;
    var clockAt = clock.find() ? clock.start() : Integer.MAX_VALUE;
    var isoAt = iso.find() ? iso.start() : Integer.MAX_VALUE;
    var first = Math.min(partAt, Math.min(clockAt, isoAt));
    if (first == Integer.MAX_VALUE) return null;
    var millis =
        first == isoAt ? iso(iso.group()) : first == clockAt ? clock(clock) : parts(text, part);
    return Duration.ofMillis((long) Math.min(millis, (double) MAX.toMillis()));
  }

  private static double iso(String text) {
    return (double) Duration.parse(text.endsWith("T") ? text + "0S" : text).toMillis();
  }

  private static double clock(MatchResult match) {
    if (match.group(1) != null) {
      return (whole(match, 1) * 3_600 + whole(match, 2) * 60 + whole(match, 3)) * 1_000;
    }
    var minutes = match.group(5) != null ? whole(match, 5) : whole(match, 6);
    return (whole(match, 4) * 60 + minutes) * 60_000;
  }

  private static double whole(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  /// `1 h 30 min` adds up, `10 min to 15 min` is a range; a unit that is not smaller adds nothing.
  private static double parts(String text, Matcher match) {
    var millis = millis(match);
    var unit = unitMillis(match.group(3));
    var end = match.end();
    while (match.find()) {
      var between = text.substring(end, match.start());
      if (RANGE.matcher(between).matches()) return Math.max(millis, millis(match));
      if (!JOIN.matcher(between).matches() || unitMillis(match.group(3)) >= unit) break;
      millis += millis(match);
      unit = unitMillis(match.group(3));
      end = match.end();
    }
    return millis;
  }

  private static double millis(MatchResult match) {
    var high = match.group(2);
    return amount(high == null ? match.group(1) : high) * unitMillis(match.group(3));
  }

  private static double amount(String text) {
    var word = text.toLowerCase(Locale.ROOT);
    if (word.startsWith("half")) return 0.5;
    if (word.equals("a") || word.equals("an")) return 1;
    var known = NUMBERS.get(word);
    if (known != null) return known;
    var last = word.substring(word.length() - 1);
    if (NUMBERS.containsKey(last)) {
      return Double.parseDouble(word.substring(0, word.length() - 1).strip()) + amount(last);
    }
    var slash = word.indexOf('/');
    if (slash > 0) return fraction(word, slash);
    var digits = word.replaceAll("[_' \u00A0\u2009\u202F]|,(?=\\d{3}(?!\\d))", "");
    return Double.parseDouble(digits.replace(',', '.'));
  }

  /// `1/2`, or `1 1/2`.
  private static double fraction(String text, int slash) {
    var blank = text.lastIndexOf(' ', slash);
    var whole = blank < 0 ? 0 : Double.parseDouble(text.substring(0, blank).strip());
    var above = Double.parseDouble(text.substring(blank + 1, slash));
    return whole + above / Double.parseDouble(text.substring(slash + 1));
  }

  private static double unitMillis(String unit) {
    var name = unit.toLowerCase(Locale.ROOT);
    if (name.startsWith("ms") || name.startsWith("milli")) return 1;
    if (name.startsWith("st")) return 3_600_000;
    return switch (name.charAt(0)) {
      case 's' -> 1_000;
      case 'm' -> 60_000;
      case 'h' -> 3_600_000;
      case 'd', 't' -> 86_400_000;
      default -> 7 * 86_400_000.0;
    };
  }
}
