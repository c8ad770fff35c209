package dev.muster.node.tools;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Whether BOUNDARIES name what the operator has set up: a CAN names it, and nothing that may be
/// meant as a refusal does.
final class NamedByBoundaries {
  private static final Pattern CAN = Pattern.compile("(?i)\\W*(CAN|MAY)\\b.*");

  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i)\\b(CANNOT|NOT|NEVER|NO|NOBODY|NEITHER|NOR|WITHOUT|EXCEPT|FORBIDDEN|FORBIDS?)\\b|N['’]T\\b");

  private NamedByBoundaries() {}

  /// @param words each of which would do
  static boolean isNamed(List<String> boundaries, String... words) {
    var named = false;
    for (var line : boundaries) {
      if (List.of(words).stream().noneMatch(word -> names(line, word))) continue;
      if (REFUSAL.matcher(line).find()) return false;
      named |= CAN.matcher(line).matches();
    }
    return named;
  }

  private static boolean names(String line, String word) {
    var text = line.toLowerCase(Locale.ROOT);
    return Pattern.compile(
            "(?<![a-z0-9_-])" + Pattern.quote(word.toLowerCase(Locale.ROOT)) + "(?![a-z0-9_-])")
        .matcher(text)
        .find();
  }
}
