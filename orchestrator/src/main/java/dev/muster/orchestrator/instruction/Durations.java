package dev.muster.orchestrator.instruction;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as people write them: `20 minutes`, `1-2 hours`, `1h 30m`, `≤ 90s`. Of a range the
/// longer one counts. A number without a unit is nothing.
final class Durations {
  private static final Pattern PART =
      Pattern.compile(
          "(\\d{1,9}(?:\\.\\d{1,3})?)(?:\\s*(?:-|–|—|to)\\s*(\\d{1,9}(?:\\.\\d{1,3})?))?[\\s-]*"
              + "(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)"
              + "(?![\\p{L}])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern JOIN = Pattern.compile("\\s*(?:,|and)?\\s*");
  private static final Duration MAX = Duration.ofDays(30);

  private Durations() {}

  /// The first duration in a text, at most 30 days; null when there is none.
  static @Nullable Duration in(String text) {
    var match = PART.matcher(text);
    if (!match.find()) return null;
    var millis = millis(match.group(1), match.group(2), match.group(3));
    var end = match.end();
    while (match.find() && JOIN.matcher(text.substring(end, match.start())).matches()) {
      millis += millis(match.group(1), match.group(2), match.group(3));
      end = match.end();
    }
    return Duration.ofMillis((long) Math.min(millis, (double) MAX.toMillis()));
  }

  private static double millis(String low, @Nullable String high, String unit) {
    var amount = Double.parseDouble(high == null ? low : high);
    var name = unit.toLowerCase(Locale.ROOT);
    if (name.startsWith("ms") || name.startsWith("milli")) return amount;
    return amount
        * switch (name.charAt(0)) {
          case 's' -> 1_000;
          case 'm' -> 60_000;
          case 'h' -> 3_600_000;
          default -> 86_400_000;
        };
  }
}
