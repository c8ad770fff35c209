package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds words that speak of workers and name none: `all previous workers`, `everything above`,
/// `wave 1`.
final class Vague {
  private static final String NUMBER = "(?:one|two|three|four|five|six|seven|eight|nine|ten)";
  private static final Pattern SOMEBODY =
      Pattern.compile(
          "(?i)\\b(?:(?:all|every|each|any)\\s+(?:of\\s+)?(?:the\\s+)?"
              + "(?:(?:other|previous|prior|earlier|preceding|upstream|remaining)\\s+){0,4}"
              + "(?:workers?|phases?)|(?:previous|prior|preceding|last|earlier)\\s+"
              + "(?:workers?|phases?)|waves?\\s+\\d+|"
              + "(?:all|everything|everyone)\\s+(?:of\\s+)?(?:the\\s+)?"
              + "(?:above|before|previous|prior|earlier|preceding)|"
              + "the\\s+(?:worker|task|file|step|one)s?\\s+(?:above|before|preceding)|"
              + "(?:first|last|next|other)\\s+(?:\\d+\\s+|"
              + NUMBER
              + "\\s+)?workers?|"
              + "(?:tasks?|steps?|jobs?|tickets?|instructions?|agents?)\\s+(?:no\\.?\\s*|#)?\\d+|"
              + "workers?\\s+"
              + NUMBER
              + "|all(?:e[nrs]?)?\\s+(?:(?:vorherigen?|vorigen?|bisherigen?|anderen?|früheren?)\\s+){0,2}(?:workers?|arbeiter|aufgaben|vorherigen|bisherigen)|same"
              + " as (?:above|before|the"
              + " (?:previous|last))|workers?_(?![\\p{L}\\p{N}]))\\b(?!\\s*(?:\\([^()]*\\)\\s*)?:)");
  private static final Pattern EVERYBODY =
      Pattern.compile("(?i):\\s+(all|any|everyone|everybody|everything|the rest)\\s*[.;]?$");

  private Vague() {}

  /// The words; null when there are none, or when others say that nobody is meant.
  static @Nullable String in(String text) {
    var everybody = EVERYBODY.matcher(text);
    if (everybody.find()) return everybody.group(1);
    var somebody = SOMEBODY.matcher(text);
    if (!somebody.find()) return null;
    var cue = Cue.next(text, 0);
    var nobody = cue != null && (cue.cue() == Cue.NONE || cue.cue() == Cue.ASIDE);
    return nobody ? null : somebody.group();
  }
}
