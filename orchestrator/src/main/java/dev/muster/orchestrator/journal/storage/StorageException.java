package dev.muster.orchestrator.journal.storage;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The database cannot be used. The message says what was found and what to do next.
public final class StorageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// Why, as far as a caller acts on it.
  public enum Reason {
    /// Another process has the database open.
    LOCKED,
    /// The data folder cannot be written.
    UNWRITABLE,
    /// No room is left on the device.
    DISK_FULL,
    /// The embedded database's file is empty, gone or damaged where there must be a journal.
    LOST,
    /// That file holds what would run code, which no journal does.
    UNSAFE,
    /// The server does not answer.
    UNREACHABLE,
    OTHER
  }

  private final Reason reason;

  StorageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
