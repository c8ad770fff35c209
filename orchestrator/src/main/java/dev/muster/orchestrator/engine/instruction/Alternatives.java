package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words and signs that make of two paths a choice: `a.txt` or `b.txt`, one of `a.txt`, `b.txt`.
/// Both are owed, and that is said.
final class Alternatives {
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?i)[\\s,;.(*_]*(and/or|or(?: else)?|oder|bzw\\.?|beziehungsweise|ou|alternatively"
              + "|otherwise|else|vs\\.?|versus|[/|→]|->|=>|或者?|または|или)"
              + "(?![\\p{L}])(?:[\\s,*_:(]|\\b(?:better|rather|also|alternatively)\\b)*");
  private static final Pattern ONE_OF =
      Pattern.compile(
          "(?i)\\b((?:one|any|some|at least \\w+) of|eine[rs]? (?:von|der)|l'une? des?|uno"
              + " de)\\b[^`]{0,40}$");

  private Alternatives() {}

  /// What stands between two paths, if it is a choice.
  static @Nullable String between(String text, boolean isRow) {
    var match = BETWEEN.matcher(text);
    if (!match.matches()) return null;
    return isRow && match.group(1).equals("|") ? null : match.group(1);
  }

  /// What stands before the first of several, if they are a choice.
  static @Nullable String oneOf(String before) {
    var match = ONE_OF.matcher(before);
    return match.find() ? match.group(1) : null;
  }
}
