package dev.muster.orchestrator.journal.storage;

import java.io.IOException;
import java.io.Serial;
import java.sql.SQLException;

/// A failure of the database in the middle of a stream.
final class SqlIOException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final SQLException sql;

  SqlIOException(SQLException sql) {
    super(sql);
    this.sql = sql;
  }

  SQLException sql() {
    return sql;
  }
}
