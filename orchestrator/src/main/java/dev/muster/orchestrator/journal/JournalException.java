package dev.muster.orchestrator.journal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The journal could not be read: the database is gone, locked, or holds what this version of
/// Muster does not know.
public class JournalException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
