package dev.muster.node.sql;

/// What became of a transaction whose end nobody heard.
public enum SqlFate {
  COMMITTED,
  /// It was rolled back, and nothing of it has happened.
  ABORTED,
  /// The server cannot be asked, does not remember it, or still works on it.
  UNKNOWN
}
