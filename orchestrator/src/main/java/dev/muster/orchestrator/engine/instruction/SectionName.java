package dev.muster.orchestrator.engine.instruction;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a `##` heading stands for: one point, several folded ones, or something else.
///
/// @param name upper case with underscores, such as `TEST_PROCESS`
/// @param point the point it is; null when it is none
/// @param folded the points that share this heading, empty for an ordinary one
record SectionName(String name, @Nullable Point point, Set<Point> folded) {
  private static final Pattern LEADING = Pattern.compile("^[^\\p{L}\\p{N}\\[(]+");
  private static final Pattern DIGIT = Pattern.compile("[٠-٩۰-۹०-९０-９]");
  private static final Pattern CLOSING = Pattern.compile("\\s+#+$");

  /// `Point 4:`, `Section 4 -`, `IV.`, `d)`: as little a name as the number itself.
  private static final Pattern PREFIX =
      Pattern.compile(
          "^(?:((?i:point|section|part|punkt|abschnitt|teil))\\s+(?=\\d)"
              + "|(?:IX|IV|V?I{1,3}|V|X)[.):]\\s+|[A-Ja-j][.)]\\s+)");

  private static final Pattern NUMBER =
      Pattern.compile(
          "^[\\[(]?(?:\\d{1,2}\\.(?=\\d))?(\\d{1,3})(?:\\s*[-–—]\\s*(\\d{1,3})(?!\\.?\\d))?[.):\\]]*\\s*(?:[-–—]\\s+)?");
  private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern TAIL = Pattern.compile("\\s*(?:[(:\\[{]| [-–—] ).*$");

  static SectionName of(String heading) {
    var text =
        CLOSING.matcher(LEADING.matcher(asciiDigits(heading)).replaceFirst("")).replaceFirst("");
    var prefix = PREFIX.matcher(text);
    var worded = prefix.find() && prefix.group(1) != null;
    text = prefix.replaceFirst("");
    var number = NUMBER.matcher(text);
    var numbered = number.find();
    var first = numbered ? Integer.parseInt(number.group(1)) : 0;
    var last = numbered && number.group(2) != null ? Integer.parseInt(number.group(2)) : first;
    var rest = numbered ? text.substring(number.end()) : text;
    var name = normal(TAIL.matcher(rest).replaceFirst(""));
    var exact = point(name);
    // "Part 3: Test process of the old tool": a document has parts of its own.
    if (worded) return new SectionName(name, exact, Set.of());
    var named = exact != null ? EnumSet.of(exact) : mentioned(normal(rest));
    if (last > first) named.addAll(between(first, last));
    if (named.size() > 1) return new SectionName(name, exact, named);
    var only = numbered && named.size() == 1 ? named.iterator().next() : exact;
    return new SectionName(name, only, Set.of());
  }

  /// `١.` is as good a number as `1.`, and as little a name.
  private static String asciiDigits(String text) {
    return DIGIT.matcher(text).replaceAll(it -> "" + Character.digit(it.group().charAt(0), 10));
  }

  private static String normal(String text) {
    var name = NO_NAME.matcher(text.toUpperCase(Locale.ROOT)).replaceAll("_");
    var start = name.startsWith("_") ? 1 : 0;
    var end = name.length() - (name.length() > start && name.endsWith("_") ? 1 : 0);
    return name.substring(start, end);
  }

  private static @Nullable Point point(String name) {
    return Arrays.stream(Point.values())
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static Set<Point> mentioned(String name) {
    var points = EnumSet.noneOf(Point.class);
    for (var point : Point.values()) {
      if (("_" + name + "_").contains("_" + point.name() + "_")) points.add(point);
    }
    return points;
  }

  private static Set<Point> between(int first, int last) {
    var points = EnumSet.noneOf(Point.class);
    for (var point : Point.values()) {
      if (point.number() >= first && point.number() <= last) points.add(point);
    }
    return points;
  }
}
