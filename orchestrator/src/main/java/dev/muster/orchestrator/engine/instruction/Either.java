package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  private static final Pattern CHOICE =
      Pattern.compile(
          "(?i)\\b(?:(?:any|one|some|at least \\w{1,9}) of|and/or)\\b|\\)\\s{0,9}(?:or|oder)\\b");
  private static final Pattern NAME =
      Pattern.compile("(?i)" + WorkerNames.START + "(\\d{1,9})(?!\\d)");
  private static final Pattern FAILS =
      Pattern.compile(
          "(?i)\\beven (?:if|when|though)\\b[^.;]{0,40}\\bfail(?:s|ed)?\\b|\\bwhether or"
              + " not\\b|\\b(?:if|when)\\b[^.;]{0,40}\\bfails?(?:,|,? (?:go"
              + " on|continue|proceed|start|run)\\b)");

  private Either() {}

  /// The words that go on after a failure, where a worker that fails holds up whoever waits for it.
  static @Nullable String failure(String text, IntPredicate awaited) {
    var match = FAILS.matcher(text);
    return match.find() && NAME.matcher(text).results().anyMatch(it -> isAwaited(it, awaited))
        ? match.group().strip()
        : null;
  }

  private static boolean isAwaited(MatchResult name, IntPredicate awaited) {
    return awaited.test(Integer.parseInt(name.group(1)));
  }

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
    var choice = CHOICE.matcher(text);
    var several = NAME.matcher(text).results().filter(it -> isAwaited(it, awaited)).count() > 1;
    if (found.isEmpty() && several && choice.find()) found.add(choice.group().strip());
    return found;
  }
}
