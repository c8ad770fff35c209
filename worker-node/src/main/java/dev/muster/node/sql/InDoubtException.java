package dev.muster.node.sql;

/// The connection was lost while a transaction was being committed, and the server cannot be asked
/// yet what came of it.
public final class InDoubtException extends Exception {
  private static final long serialVersionUID = 1L;

  InDoubtException(String message, Throwable cause) {
    super(message, cause);
  }
}
