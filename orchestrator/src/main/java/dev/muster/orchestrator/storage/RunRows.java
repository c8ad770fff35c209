package dev.muster.orchestrator.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// The rows that belong to one run alone: its events, what the tables tell of it, and which content
/// is the log of an attempt, what its workers handed on. Texts of instructions and contents of
/// artifacts are shared with other runs and stay.
public record RunRows(DataSource database) {
  private static final int IDS_PER_BATCH = 1_000;

  /// What the tail fills comes in its order, so that neither waits for the other without an end.
  private static final List<String> OF_RUN =
      List.of(
          "attempt_log WHERE run",
          "handover WHERE run",
          "worker WHERE run",
          "run WHERE id",
          "approval WHERE gate");

  /// All of them or none. Deleting again is harmless.
  ///
  /// @param persistenceIds of the run, its gate and its workers: the primary key begins with them
  /// @return how many events there were
  public int delete(String run, List<String> persistenceIds) {
    try (var connection = database.getConnection()) {
      var wasAutomatic = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        var events = deleteAll(connection, "event_journal", persistenceIds);
        deleteAll(connection, "snapshot", persistenceIds);
        for (var rows : OF_RUN) {
          try (var delete = connection.prepareStatement("DELETE FROM " + rows + " = ?")) {
            delete.setString(1, run);
            delete.executeUpdate();
          }
        }
        connection.commit();
        return events;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(wasAutomatic);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the rows of " + run + " cannot be deleted", e);
    }
  }

  private static int deleteAll(Connection connection, String table, List<String> ids)
      throws SQLException {
    var sum = 0;
    try (var events =
        connection.prepareStatement("DELETE FROM " + table + " WHERE persistence_id = ?")) {
      for (var from = 0; from < ids.size(); from += IDS_PER_BATCH) {
        for (var id : ids.subList(from, Math.min(ids.size(), from + IDS_PER_BATCH))) {
          events.setString(1, id);
          events.addBatch();
        }
        for (var count : events.executeBatch()) sum += Math.max(0, count);
      }
    }
    return sum;
  }
}
