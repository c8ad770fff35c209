package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// The rows that belong to one run alone: its events, what the tables tell of it, and which content
/// is the log of an attempt, what its workers handed on. Texts of instructions and contents of
/// artifacts may be another run's, too: those that are nobody's are collected later.
public record RunRows(DataSource database) {
  private static final int IDS_PER_BATCH = 1_000;

  /// What the tail fills comes in its order, so that neither waits for the other without an end.
  private static final List<String> OF_RUN =
      List.of(
          "attempt_log WHERE run",
          "handover WHERE run",
          "agent_budget WHERE run",
          "agent_claim WHERE run",
          "agent_raise WHERE run",
          "results_owner WHERE run",
          "worker WHERE run",
          "run WHERE id",
          "run_tag WHERE run",
          "approval WHERE gate",
          "shared_value WHERE run",
          "worker_note WHERE run",
          "room_message WHERE run");

  /// All of them or none, and that they were deleted. Deleting again is harmless.
  ///
  /// @param persistenceIds of the run, its gate and its workers: the primary key begins with them
  /// @return how many events there were
  public int delete(String run, List<String> persistenceIds) {
    var rows =
        new Rows<>(
            database,
            (_, e) -> new IllegalStateException("the rows of " + run + " cannot be deleted", e));
    return rows.transaction(connection -> {
      var events = deleteAll(connection, "event_journal", persistenceIds);
      deleteAll(connection, "snapshot", persistenceIds);
      for (var table : OF_RUN) {
        Sql.update(connection, "DELETE FROM " + table + " = ?", List.of(run));
      }
      DeletedRuns.remember(connection, run);
      return events;
    });
  }

  private static int deleteAll(Connection connection, String table, List<String> ids)
      throws SQLException {
    var sum = 0;
    for (var from = 0; from < ids.size(); from += IDS_PER_BATCH) {
      var some = ids.subList(from, Math.min(ids.size(), from + IDS_PER_BATCH));
      sum +=
          Sql.batch(
              connection,
              "DELETE FROM " + table + " WHERE persistence_id = ?",
              some.stream().map(List::of));
    }
    return sum;
  }
}
