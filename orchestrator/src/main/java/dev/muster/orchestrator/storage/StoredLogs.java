package dev.muster.orchestrator.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
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
    try (var connection = database.getConnection()) {
      if (execute(connection, UPDATE, attempt, log, at) == 1) return;
      execute(connection, INSERT, attempt, log, at);
    }
  }

  public @Nullable StoredLog find(AttemptId attempt) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT sha256, bytes, node FROM attempt_log"
                    + " WHERE run = ? AND worker = ? AND attempt = ?")) {
      bind(select, 1, attempt);
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? new StoredLog(rows.getString(1), rows.getLong(2), rows.getString(3))
            : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the logs of attempts cannot be looked up", e);
    }
  }

  private static int execute(
      Connection connection, String sql, AttemptId attempt, StoredLog log, Instant at)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, log.sha256());
      statement.setLong(2, log.bytes());
      statement.setString(3, log.node());
      statement.setLong(4, at.toEpochMilli());
      bind(statement, 5, attempt);
      return statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, int first, AttemptId attempt)
      throws SQLException {
    statement.setString(first, attempt.run());
    statement.setString(first + 1, attempt.worker());
    statement.setInt(first + 2, attempt.number());
  }
}
