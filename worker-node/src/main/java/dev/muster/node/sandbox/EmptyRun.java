package dev.muster.node.sandbox;

import java.util.List;

/// Whether a line of a test's output says that its runner found nothing to run, although it ended
/// well: Python's `unittest` before 3.12, Node's, Mocha, anything that speaks TAP.
final class EmptyRun {
  private static final List<String> BEGINNINGS =
      List.of("Ran 0 tests in ", "# tests 0", "\u2139 tests 0", "0 passing", "1..0");

  /// Longer than any of these lines.
  static final int LINE_BYTES_MAX = 60;

  static boolean saysSo(String line) {
    return BEGINNINGS.stream().anyMatch(it -> line.startsWith(it) && endsThere(line, it.length()));
  }

  private static boolean endsThere(String line, int at) {
    return line.charAt(at - 1) == ' ' || at == line.length() || line.charAt(at) == ' ';
  }

  private EmptyRun() {}
}
