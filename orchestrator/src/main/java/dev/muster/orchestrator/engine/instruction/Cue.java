package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What words say about the workers beside them.
enum Cue {
  /// The worker of this file waits: `depends on`, `not before`, `after`.
  AWAITED,
  /// The others wait: `blocks`, `used by`, `before`.
  REVERSED,
  /// Nobody waits: `optional`, `does not depend on`, `next`.
  ASIDE,
  /// Nobody is named at all: `none`, `no prior workers`.
  NONE,
  /// They are mentioned, and what for is not said: `see also`, `except`, `instead of`.
  UNCLEAR;

  /// Words further inside a label belong to something else: "Directory for the tests used by …".
  private static final int LABEL_HEAD_MAX = 20;

  private static final int LABEL_CHARS_MAX = 100;

  private static final Pattern FILLING =
      Pattern.compile(
          "(?i)(?:workers?|tasks?|steps?|for|on|of|by|dependenc(?:y|ies)|must exist|\\W)*");

  /// @param end index behind the words
  record Found(Cue cue, int start, int end) {}

  /// Built once, when the first text is read.
  private static final class Words {
    static final Pattern PATTERN = CueWords.pattern();
  }

  /// The first cue at or behind an index; null when there is none.
  static @Nullable Found next(String text, int from) {
    var match = Words.PATTERN.matcher(text);
    if (!match.find(from)) return null;
    var rules = CueWords.rules();
    for (var n = 0; n < rules.size(); n++) {
      if (match.start(n + 1) >= 0) {
        return new Found(rules.get(n).cue(), match.start(), match.end());
      }
    }
    throw new IllegalStateException("no rule for '" + match.group() + "'");
  }

  /// What a label or heading says a list is for; null when it says nothing about that.
  static @Nullable Cue ofLabel(String label) {
    var found = next(label, 0);
    return found == null || found.start() > LABEL_HEAD_MAX ? null : found.cue();
  }

  /// Whether a text is nothing but such words, as `Blocks` alone in a line.
  static boolean isAll(String text) {
    var found = next(text, 0);
    return found != null
        && text.length() <= LABEL_CHARS_MAX
        && text.substring(0, found.start()).isBlank()
        && FILLING.matcher(text.substring(found.end())).matches();
  }
}
