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
  /// H2 keeps what a transaction has changed until its end, and takes several times as long for
  /// 20,000 rows at once as for the same in pieces; others write between them.
  private static final int ROWS_PER_COMMIT = 1_000;

  /// @param run the column that names it
  /// @param next what follows in the table's key
  private record Many(String table, String run, String next) {}

  private static final List<Many> MANY =
      List.of(
          new Many("attempt_log", "run", "worker"),
          new Many("handover", "run", "digest"),
          new Many("agent_budget", "run", "scope"),
          new Many("agent_claim", "run", "worker"),
          new Many("agent_raise", "run", "scope"),
          new Many("worker", "run", "id"),
          new Many("approval", "gate", "id"),
          new Many("shared_value", "run", "name"),
          new Many("worker_note", "run", "worker"),
          new Many("room_message", "run", "wave"));

  private static final List<String> ONE =
      List.of("results_owner WHERE run", "run WHERE id", "run_tag WHERE run");

  /// All but what makes it known, piece by piece: a run of which something is left is there to be
  /// deleted again, which is harmless.
  ///
  /// @param persistenceIds of its workers and its gate: the primary key begins with them
  /// @return how many events there were
  public int deleteMost(String run, List<String> persistenceIds) {
    var rows = rows(run);
    var events = 0;
    for (var from = 0; from < persistenceIds.size(); from += ROWS_PER_COMMIT) {
      var to = Math.min(persistenceIds.size(), from + ROWS_PER_COMMIT);
      var some = persistenceIds.subList(from, to);
      events += rows.transaction(connection -> deleteEvents(connection, some));
    }
    for (var table : MANY) while (rows.transaction(it -> hasMore(it, table, run))) {}
    return events;
  }

  /// @param persistenceId of the run itself
  /// @return how many events there were
  public int deleteLast(String run, String persistenceId) {
    return rows(run)
        .transaction(connection -> {
          var events = deleteEvents(connection, List.of(persistenceId));
          for (var table : ONE) {
            Sql.update(connection, "DELETE FROM " + table + " = ?", List.of(run));
          }
          DeletedRuns.collect(connection);
          return events;
        });
  }

  private Rows<IllegalStateException> rows(String run) {
    return new Rows<>(
        database,
        (_, e) -> new IllegalStateException("the rows of " + run + " cannot be deleted", e));
  }

  private static int deleteEvents(Connection connection, List<String> ids) throws SQLException {
    var events = deleteAll(connection, "event_journal", ids);
    deleteAll(connection, "snapshot", ids);
    return events;
  }

  private static int deleteAll(Connection connection, String table, List<String> ids)
      throws SQLException {
    return Sql.batch(
        connection,
        "DELETE FROM " + table + " WHERE persistence_id = ?",
        ids.stream().map(List::of));
  }

  /// Deletes the first of them.
  private static boolean hasMore(Connection connection, Many table, String run)
      throws SQLException {
    var sql = "DELETE FROM %s WHERE %s = ?".formatted(table.table(), table.run());
    var last =
        Sql.one(
            connection,
            "SELECT %1$s FROM %2$s WHERE %3$s = ? ORDER BY %3$s, %1$s LIMIT 1 OFFSET %4$d"
                .formatted(table.next(), table.table(), table.run(), ROWS_PER_COMMIT - 1),
            row -> row.getObject(1),
            List.of(run));
    if (last == null) Sql.update(connection, sql, List.of(run));
    else Sql.update(connection, sql + " AND " + table.next() + " <= ?", List.of(run, last));
    return last != null;
  }
}
