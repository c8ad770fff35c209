package dev.muster.host;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A node could not be started. The message is for an operator: what was expected, what was found,
/// what to do.
public final class NodeStartException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// Decides the exit code.
  public enum Kind {
    /// Another process uses the same data.
    DATA_LOCKED,
    DATA_UNWRITABLE,
    DISK_FULL,
    JOURNAL_LOST,
    /// Its file would run code.
    JOURNAL_UNSAFE,
    PORT_IN_USE,
    DATABASE_UNREACHABLE,
    /// `sandbox = require` and the host has none.
    SANDBOX_MISSING,
    OTHER
  }

  private final Kind kind;
  private final String words;

  public NodeStartException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.words = message;
  }

  /// The message.
  public String words() {
    return words;
  }

  public Kind kind() {
    return kind;
  }
}
