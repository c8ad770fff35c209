package dev.muster.e2e.escape;

/// What became of one attack.
sealed interface Outcome {
  /// A word or more for the reader.
  String words();

  /// It was tried, and got nowhere.
  record Held(String words) implements Outcome {}

  /// It got somewhere.
  record Escaped(String words) implements Outcome {}

  /// It could not be tried here, so nothing is known.
  record Untried(String words) implements Outcome {}

  static Outcome heldIf(boolean held, String words) {
    return held ? new Held(words) : new Escaped(words);
  }
}
