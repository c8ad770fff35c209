package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds what is nearly the name of a worker: `WORKR_001`, `WORKER_0O1`, `WORKER_XXX`.
final class NearNames {
  private static final Pattern LETTERS_FOR_DIGITS =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}_])worker[_ #-]?(?=[0-9oil]{2,9}(?![\\p{L}\\p{N}]))"
              + "(?=[0-9]*[oil])(?=[oil]*[0-9])([0-9oil]{2,9})");
  private static final Pattern MISSPELT =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}_/.-])(w[a-z]{3,8})(?:[_#-]|\\s+#?(?=\\d{3}))#?(\\d{1,9})(?![\\p{L}\\p{N}])");
  private static final Pattern NO_NUMBER =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}_])WORKER[_-](?:[A-Z]{1,4}(?![\\p{L}\\p{N}_])|[?*]+|\\d*[?*xX]+(?![\\p{L}\\p{N}]))"
              + "|(?<![\\p{L}\\p{N}_])workers?\\s+(?-i:[IVX]{1,5})(?![\\p{L}\\p{N}_])");
  private static final Pattern TOO_LONG =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}_])worker[_ #-]?\\d{10,}");
  private static final Set<String> WORDS =
      Set.of("worker", "workers", "work", "works", "worked", "wave", "waves", "week", "weeks");

  private NearNames() {}

  /// One sentence for each.
  static List<String> in(String text) {
    var near = new ArrayList<String>();
    var letters = LETTERS_FOR_DIGITS.matcher(text);
    while (letters.find()) {
      var digits =
          letters
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replace('o', '0')
              .replace('i', '1')
              .replace('l', '1');
      near.add("'" + letters.group() + "' is no worker; did you mean WORKER_" + digits + "?");
    }
    var misspelt = MISSPELT.matcher(text);
    while (misspelt.find()) {
      var word = misspelt.group(1).toLowerCase(Locale.ROOT);
      if (WORDS.contains(word) || Spelling.distance(word, "worker") > 2) continue;
      near.add(
          "'"
              + misspelt.group()
              + "' is no worker; did you mean WORKER_"
              + misspelt.group(2)
              + "?");
    }
    var numberless = NO_NUMBER.matcher(text);
    while (numberless.find()) near.add("'" + numberless.group() + "' does not say which worker");
    var tooLong = TOO_LONG.matcher(text);
    while (tooLong.find()) near.add("'" + tooLong.group() + "' has more than nine digits");
    return near;
  }
}
