package dev.muster.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Fills the tables of a database that knows one run with copies of it, by SQL: half of the workers
/// are of one run, the others of runs as large as the first. Of the journal each copy has the first
/// event, by which a run is known; the readers count it as read.
final class Copies {
  static final String BIG = "run_big";
  static final int RUN_WORKERS = 1_000;
  private static final String COLUMNS =
      "place, title, wave, phase, attempt, interruptions, node, weak, started_at, settled_at,"
          + " took_millis, busy_since, words, more";

  private final Connection connection;
  private final String first;

  private Copies(Connection connection, String first) {
    this.connection = connection;
    this.first = first;
  }

  static String name(int copy) {
    return "run_%06d".formatted(copy);
  }

  /// @param workers how many in all, about
  static void fill(String url, String user, String password, int workers) throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, password)) {
      connection.setAutoCommit(false);
      var copies = new Copies(connection, only(connection));
      var parts = Math.max(1, workers / 2 / RUN_WORKERS);
      for (var i = 1; i <= parts; i++) {
        copies.run(name(i), i);
        copies.workers(name(i), i, "id", "state");
        connection.commit();
      }
      copies.run(BIG, 0);
      for (var i = 0; i < parts; i++) copies.part(i);
      copies.execute(
          "UPDATE tail_offset SET seq = (SELECT MAX(\"ordering\") FROM \"event_journal\")");
      connection.commit();
    }
    try (var connection = DriverManager.getConnection(url, user, password)) {
      new Copies(connection, "").execute(isH2(connection) ? "ANALYZE" : "VACUUM ANALYZE");
    }
  }

  private static boolean isH2(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2");
  }

  private static String only(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT MIN(id) FROM run")) {
      row.next();
      return row.getString(1);
    }
  }

  private void run(String name, int at) throws SQLException {
    execute(
        """
        INSERT INTO run (workforce, phase, started_at, finished_at, words, more, id, state)
        SELECT workforce, CASE WHEN MOD(%2$d, 7) = 0 THEN 'COMPLETED' ELSE phase END, started_at + %2$d,
          finished_at + %2$d, words, more, '%1$s', REPLACE(state, id, '%1$s')
        FROM run WHERE id = '%3$s'
        """
            .formatted(name, at, first));
    execute(
        """
        INSERT INTO "event_journal" ("deleted", "persistence_id", "sequence_number", "writer", "write_timestamp",
          "adapter_manifest", "event_payload", "event_ser_id", "event_ser_manifest")
        SELECT "deleted", REPLACE("persistence_id", '%2$s', '%1$s'), "sequence_number", "writer", "write_timestamp",
          "adapter_manifest", "event_payload", "event_ser_id", "event_ser_manifest"
        FROM "event_journal" WHERE "persistence_id" LIKE '%%%2$s' AND "sequence_number" = 1
        """
            .formatted(name, first));
  }

  /// Workers whose numbers go on from those of the part before.
  private void part(int number) throws SQLException {
    var id =
        "('WORKER_' || LPAD(CAST(CAST(SUBSTRING(id FROM 8) AS INTEGER) + %d AS VARCHAR), 6, '0'))"
            .formatted(number * RUN_WORKERS);
    workers(BIG, number, id, "REPLACE(state, id, " + id + ")");
    connection.commit();
  }

  private void workers(String run, int at, String id, String state) throws SQLException {
    execute(
        """
        INSERT INTO worker (%s, run, id, state)
        SELECT %s, '%s', %s, %s FROM worker WHERE run = '%s'
        """
            .formatted(
                COLUMNS,
                COLUMNS
                    .replace(
                        "phase", "CASE WHEN MOD(place, 49) = 0 THEN 'FAILED' ELSE 'COMPLETED' END")
                    .replace("started_at", "started_at + " + at)
                    .replace("settled_at", "settled_at + " + at),
                run,
                id,
                state,
                first));
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
