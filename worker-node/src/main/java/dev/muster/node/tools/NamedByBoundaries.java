package dev.muster.node.tools;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Whether BOUNDARIES name what the operator has set up: a CAN names it, and no CANNOT does.
final class NamedByBoundaries {
  private static final Pattern CANNOT =
      Pattern.compile("(?i)\\W*(CAN ?NOT|CAN'T|MUST NOT|MAY NOT|DO NOT|DON'T|NEVER)\\b.*");

  private NamedByBoundaries() {}

  /// @param words each of which would do
  static boolean isNamed(List<String> boundaries, String... words) {
    var named = false;
    for (var line : boundaries) {
      if (List.of(words).stream().noneMatch(word -> names(line, word))) continue;
      if (CANNOT.matcher(line).matches()) return false;
      named = true;
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
