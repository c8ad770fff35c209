package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// Finds `WORKER_003 or WORKER_004`. Both are waited for: whether one of them would do, a plan
/// cannot say.
final class Either {
  private static final Pattern WORKERS =
      Pattern.compile(
          "(?i)(?:^|(?:"
              + WorkerNames.START
              + ")?(?<!\\d)(\\d{1,9})(?:_[\\w-]{1,100})?(?:\\s{0,9}\\([^()]{0,100}\\))?"
              + "(?:\\s{1,9}(?:is|has|been|completed?|done|finished|ready)){0,3}"
              + "\\s{0,9},?\\s{1,9})(?:or|oder)\\s{1,9}(?:"
              + WorkerNames.START
              + ")?(\\d{1,9})(?!\\d)");

  private Either() {}

  /// The words of each.
  static List<String> in(String text, IntPredicate awaited) {
    var found = new ArrayList<String>();
    var match = WORKERS.matcher(text);
    while (match.find()) {
      var both =
          (match.group(1) == null || awaited.test(Integer.parseInt(match.group(1))))
              && awaited.test(Integer.parseInt(match.group(2)));
      if (both) found.add(match.group().strip());
    }
    return found;
  }
}
