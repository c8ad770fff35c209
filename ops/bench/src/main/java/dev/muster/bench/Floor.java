package dev.muster.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// As many rows of the same size as Muster journals for each worker, and nothing else: what the
/// database allows. Four connections commit batches of 200 rows, as Muster's journal does.
final class Floor {
  private static final int ROWS_PER_WORKER = 4;
  private static final int PAYLOAD_BYTES = 300;
  private static final int CONNECTIONS = 4;
  private static final int WORKERS_PER_COMMIT = 50;

  private Floor() {}

  public static void main(String[] args) throws Exception {
    var workers = Integer.parseInt(args[0]);
    var millis = new double[workers];
    try (var connection = DriverManager.getConnection(args[1], args[2], args[3]);
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE step_row (number BIGSERIAL UNIQUE, id VARCHAR(255) NOT NULL, step BIGINT"
              + " NOT NULL, payload BYTEA NOT NULL, PRIMARY KEY (id, step))");
    }
    var next = new AtomicInteger();
    var began = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      Callable<@Nullable Void> writer = () -> write(args, next, millis);
      for (var done : threads.invokeAll(Collections.nCopies(CONNECTIONS, writer))) done.get();
    }
    JdbcEngine.print((System.nanoTime() - began) / 1e9, millis);
  }

  private static @Nullable Void write(String[] args, AtomicInteger next, double[] millis)
      throws SQLException {
    try (var connection = DriverManager.getConnection(args[1], args[2], args[3])) {
      connection.setAutoCommit(false);
      for (var from = next.getAndAdd(WORKERS_PER_COMMIT);
          from < millis.length;
          from = next.getAndAdd(WORKERS_PER_COMMIT)) {
        var until = Math.min(millis.length, from + WORKERS_PER_COMMIT);
        var began = System.nanoTime();
        write(connection, from, until);
        Arrays.fill(millis, from, until, (System.nanoTime() - began) / 1e6);
      }
    }
    return null;
  }

  private static void write(Connection connection, int from, int until) throws SQLException {
    try (var insert =
        connection.prepareStatement("INSERT INTO step_row (id, step, payload) VALUES (?, ?, ?)")) {
      for (var worker = from; worker < until; worker++) {
        for (var step = 1; step <= ROWS_PER_WORKER; step++) {
          insert.setString(1, "Worker|run_0mwoqed11cc8t/WORKER_" + worker);
          insert.setLong(2, step);
          insert.setBytes(3, new byte[PAYLOAD_BYTES]);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
  }
}
