package dev.muster.orchestrator.engine.instruction;

import java.util.List;

/// What `set` and `trap` have made of a script that was started with `bash -eo pipefail`.
final class ShellOptions {
  private boolean exitOnError;
  private boolean pipefail;
  private boolean exitTrapped;
  private boolean errorsTrapped;

  ShellOptions(boolean exitOnError, boolean pipefail) {
    this.exitOnError = exitOnError;
    this.pipefail = pipefail;
  }

  ShellOptions copy() {
    return new ShellOptions(exitOnError, pipefail);
  }

  /// Whether a command that fails ends the script.
  boolean exitOnError() {
    return exitOnError;
  }

  /// Whether a pipe fails when any of its commands does.
  boolean pipefail() {
    return pipefail;
  }

  /// Whether every end becomes `exit 0`.
  boolean exitTrapped() {
    return exitTrapped;
  }

  /// Whether a command that fails at the top ends in `exit 0`.
  boolean errorsTrapped() {
    return errorsTrapped;
  }

  /// Takes over what a command changes for all that follows.
  ///
  /// @param surely whether it is certainly run; else only what makes failing possible counts
  void take(List<String> words, boolean surely) {
    if (words.size() < 2) return;
    if (words.getFirst().equals("set")) set(words, surely);
    if (words.getFirst().equals("trap")) trap(words, surely);
  }

  private void set(List<String> words, boolean surely) {
    for (var at = 1; at < words.size(); at++) {
      var word = words.get(at);
      if (!word.matches("[-+][A-Za-z]+")) return;
      var on = word.charAt(0) == '-';
      if (!on && !surely) continue;
      if (word.indexOf('e') > 0) exitOnError = on;
      if (word.indexOf('o') < 0 || at + 1 >= words.size()) continue;
      var name = words.get(++at);
      if (name.equals("errexit")) exitOnError = on;
      if (name.equals("pipefail")) pipefail = on;
    }
  }

  private void trap(List<String> words, boolean surely) {
    var harmless = surely && words.get(1).contains("exit 0");
    for (var signal : words.subList(2, words.size())) {
      if (signal.equals("EXIT") || signal.equals("0")) exitTrapped = harmless;
      if (signal.equals("ERR")) errorsTrapped = harmless;
    }
  }
}
