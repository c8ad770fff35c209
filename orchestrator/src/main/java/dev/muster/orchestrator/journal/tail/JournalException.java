package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.io.Serial;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The journal could not be read: the database is gone, locked, or holds what this version of
/// Muster does not know.
public class JournalException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// @param what cannot be read when a statement fails, in words
  public static Rows<JournalException> rows(DataSource database, String what) {
    return new Rows<>(
        database,
        (deed, e) -> new JournalException(what + " cannot be " + deed + ": " + e.getMessage(), e));
  }
}
