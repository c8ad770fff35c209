package dev.muster.node.sql;

/// A statement or its source will not do. The message is for a model, and holds no password.
public final class UnansweredException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnansweredException(String message) {
    super(message);
  }
}
