package dev.muster.node.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a line of a test's output says that something failed, although the test may end well:
/// many tests end with `… || echo FAIL`.
///
/// It does when it begins with the word `FAIL`, `FAILED`, `FAILS`, `FAILING`, `FAILURE` or
/// `FAILURES` in capitals. Other words that begin so (`FAILOVER`, `FAIL-SAFE`, `FAIL_FAST=1`) say
/// nothing, nor does a summary that counts no failure (`FAILED: 0`, `FAIL 0/12`, `FAILURES=0,
/// PASSED=12`, `FAIL: none`).
final class FailLine {
  private static final Pattern WORD =
      Pattern.compile("FAIL(?:ED|S|ING|URES?)?(?![\\p{L}\\p{N}_]|[-/.][\\p{L}\\p{N}_])");

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}%]+");
  private static final Pattern ZERO = Pattern.compile("0+%?");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:%|ms|s|m)?");
  private static final Set<String> NO = Set.of("none", "no", "zero", "false");

  /// What is counted.
  private static final Set<String> COUNTED =
      Set.of(
          "test",
          "tests",
          "case",
          "cases",
          "check",
          "checks",
          "count",
          "total",
          "number",
          "of",
          "out",
          "in",
          "and",
          "suite",
          "suites",
          "spec",
          "specs",
          "assertion",
          "assertions",
          "example",
          "examples",
          "scenario",
          "scenarios",
          "failure",
          "failures",
          "failed",
          "error",
          "errors");

  /// What else a summary counts: each has a number of its own.
  private static final Set<String> OTHERS =
      Set.of(
          "pass",
          "passed",
          "passes",
          "passing",
          "ok",
          "success",
          "successes",
          "succeeded",
          "skip",
          "skipped",
          "skips",
          "ignored",
          "pending",
          "disabled",
          "todo",
          "warning",
          "warnings",
          "warn",
          "xfail",
          "xfailed",
          "xpass",
          "xpassed",
          "flaky",
          "run",
          "ran",
          "time",
          "took",
          "duration",
          "elapsed",
          "s",
          "ms",
          "seconds");

  static boolean saysFailure(String line) {
    var word = WORD.matcher(line);
    if (!word.lookingAt()) return false;
    var rest = BETWEEN.split(line.substring(word.end()).toLowerCase(Locale.ROOT));
    return !countsNone(Arrays.stream(rest).filter(token -> !token.isEmpty()).toList());
  }

  private static boolean countsNone(List<String> tokens) {
    var at = 0;
    while (at < tokens.size() && COUNTED.contains(tokens.get(at))) at++;
    if (at == tokens.size()) return false;
    if (NO.contains(tokens.get(at))) return at == tokens.size() - 1;
    if (!ZERO.matcher(tokens.get(at)).matches()) return false;
    for (var next = at + 1; next < tokens.size(); next++) {
      if (!belongs(tokens, at, next)) return false;
    }
    return true;
  }

  /// Whether a word or number behind the zero is part of a summary. `FAIL: 0 rows`, `FAIL: 0
  /// passed` and `FAIL: 0, expected 5` are none.
  private static boolean belongs(List<String> tokens, int zero, int at) {
    var token = tokens.get(at);
    if (isNumber(token) || COUNTED.contains(token)) return true;
    if (!OTHERS.contains(token)) return false;
    var hasNumberBefore = at - 1 > zero && isNumber(tokens.get(at - 1));
    return hasNumberBefore || (at + 1 < tokens.size() && isNumber(tokens.get(at + 1)));
  }

  private static boolean isNumber(String token) {
    return NUMBER.matcher(token).matches();
  }

  private FailLine() {}
}
