package dev.muster.node.sql;

/// A statement or its source will not do. The message is for a model, and holds no password.
public final class UnansweredException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  public UnansweredException(String message) {
    this(message, false);
  }

  /// @param passing whether the same may be answered a moment later
  UnansweredException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /// Whether the same may be answered a moment later: nobody was reached, or nobody had room.
  public boolean passing() {
    return passing;
  }
}
