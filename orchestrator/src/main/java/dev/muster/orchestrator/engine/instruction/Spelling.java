package dev.muster.orchestrator.engine.instruction;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word that somebody meant who wrote nearly that.
final class Spelling {
  private static final int CHARS_MAX = 60;

  private Spelling() {}

  /// The one known word that is close enough; null when the text is one of them, when none is
  /// close, or when two are equally close. Case does not count.
  static @Nullable String meant(String text, Collection<String> known) {
    var word = singular(text);
    if (word.length() < 4 || word.length() > CHARS_MAX) return null;
    String best = null;
    var bestDistance = Integer.MAX_VALUE;
    for (var candidate : known) {
      if (candidate.equalsIgnoreCase(text)) return null;
      // So many letters at least are put in or left out, but for the two that plurals have more.
      if (Math.abs(candidate.length() - text.length()) > allowed(word.length()) + 2) continue;
      var distance = distance(word, singular(candidate));
      if (distance == bestDistance) best = null;
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best != null && bestDistance <= allowed(word.length()) ? best : null;
  }

  private static int allowed(int length) {
    return length < 6 ? 1 : length < 12 ? 2 : 3;
  }

  private static String singular(String text) {
    var word = text.toLowerCase(Locale.ROOT);
    if (word.endsWith("ies")) return word.substring(0, word.length() - 3) + "y";
    return word.endsWith("s") && word.length() > 4 ? word.substring(0, word.length() - 1) : word;
  }

  /// How many letters must be put in, left out, changed or swapped with their neighbour (optimal
  /// string alignment).
  static int distance(String a, String b) {
    var before = new int[b.length() + 1];
    var last = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) last[j] = j;
    for (var i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        var swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[b.length()];
  }
}
