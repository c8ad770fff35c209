package dev.muster.node.sql;

/// What became of a transaction whose end nobody heard.
public enum SqlFate {
  COMMITTED,
  /// It was rolled back, and nothing of it has happened.
  ABORTED,
  /// The server still works on it, though nobody waits for it any more. It cannot be committed now.
  RUNNING,
  /// The server cannot be asked, or does not remember it.
  UNKNOWN
}
