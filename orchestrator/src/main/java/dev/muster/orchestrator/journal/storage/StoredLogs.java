package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `attempt_log`: which content is the log of an attempt.
public record StoredLogs(DataSource database) {
  private static final String UPDATE =
      "UPDATE attempt_log SET sha256 = ?, bytes = ?, node = ?, stored_at = ?"
          + " WHERE run = ? AND worker = ? AND attempt = ?";
  private static final String INSERT =
      "INSERT INTO attempt_log (sha256, bytes, node, stored_at, run, worker, attempt)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  /// One attempt of one worker.
  public record AttemptId(String run, String worker, int number) {}

  /// @param node where the attempt ran
  public record StoredLog(String sha256, long bytes, String node) {}

  /// What was remembered of the same attempt before is replaced: an attempt that waited for a
  /// decision is stored then and at its end.
  public void remember(AttemptId attempt, StoredLog log, Instant at) throws SQLException {
    var row =
        List.of(
            log.sha256(),
            log.bytes(),
            log.node(),
            at.toEpochMilli(),
            attempt.run(),
            attempt.worker(),
            attempt.number());
    try (var connection = database.getConnection()) {
      if (Sql.update(connection, UPDATE, row) == 0) Sql.update(connection, INSERT, row);
    }
  }

  public @Nullable StoredLog find(AttemptId attempt) {
    return new Rows<>(
            database,
            (_, e) -> new IllegalStateException("the logs of attempts cannot be looked up", e))
        .one(
            "SELECT sha256, bytes, node FROM attempt_log"
                + " WHERE run = ? AND worker = ? AND attempt = ?",
            row -> new StoredLog(row.getString(1), row.getLong(2), row.getString(3)),
            attempt.run(),
            attempt.worker(),
            attempt.number());
  }
}
