package dev.muster.node.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// One connection with one transaction for one statement. Everything in it has a limit: the time to
/// connect, the statement, the bytes of an answer, and how long the server waits for us.
final class SqlSession implements AutoCloseable {
  private static final int CONNECT_SECONDS = 5;

  /// Beyond the statement's own time, for the server to say that it is over.
  private static final int GRACE_SECONDS = 10;

  private static final String ANSWER_BYTES_MAX = "8M";
  private static final String IDLE_MAX = "60s";

  private final SqlSource source;
  private final Connection connection;
  private final boolean reads;
  private volatile @Nullable PreparedStatement running;

  private SqlSession(SqlSource source, Connection connection, boolean reads) {
    this.source = source;
    this.connection = connection;
    this.reads = reads;
  }

  /// @param reads whether the transaction lets nobody write
  /// @param max how long its statement may take
  static SqlSession open(SqlSource source, boolean reads, Duration max)
      throws SQLException, IOException {
    var connection = DriverManager.getConnection(source.url(), properties(source, max));
    try {
      connection.setReadOnly(reads);
      connection.setAutoCommit(false);
      begin(connection, reads, max);
      return new SqlSession(source, connection, reads);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Properties properties(SqlSource source, Duration max) throws IOException {
    var properties = new Properties();
    if (source.user() != null) properties.put("user", source.user());
    var password = source.password().reveal();
    if (!password.isEmpty()) properties.put("password", password);
    properties.put("ApplicationName", "muster");
    properties.put("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.put("loginTimeout", Integer.toString(CONNECT_SECONDS));
    properties.put("socketTimeout", Long.toString(max.toSeconds() + GRACE_SECONDS));
    properties.put("maxResultBuffer", ANSWER_BYTES_MAX);
    // One command in each message, which the server then holds to; texts as the server writes them;
    // parameters of whatever type their place has.
    properties.put("preferQueryMode", "extended");
    properties.put("binaryTransfer", "false");
    properties.put("stringtype", "unspecified");
    return properties;
  }

  /// Once this is asked, nothing in the transaction can make it one that writes.
  private static void begin(Connection connection, boolean reads, Duration max)
      throws SQLException {
    try (var begin =
        connection.prepareStatement(
            """
            SELECT set_config('statement_timeout', ?, true),
              set_config('idle_in_transaction_session_timeout', ?, true),
              set_config('standard_conforming_strings', 'on', true),
              current_setting('transaction_read_only')
            """)) {
      begin.setString(1, Math.max(1, max.toMillis()) + "ms");
      begin.setString(2, IDLE_MAX);
      try (var told = begin.executeQuery()) {
        told.next();
        if (reads && !told.getString(4).equals("on")) {
          throw new SQLException("the server begins no transaction that only reads");
        }
      }
    }
  }

  /// What the server calls the transaction, also after a crash.
  String transaction() throws SQLException {
    try (var ask = connection.prepareStatement("SELECT pg_current_xact_id()");
        var told = ask.executeQuery()) {
      told.next();
      return told.getString(1);
    }
  }

  SqlFate fate(String transaction) throws SQLException {
    try (var ask = connection.prepareStatement("SELECT pg_xact_status(CAST(? AS xid8))")) {
      ask.setString(1, transaction);
      try (var told = ask.executeQuery()) {
        told.next();
        return switch (String.valueOf(told.getString(1))) {
          case "committed" -> SqlFate.COMMITTED;
          case "aborted" -> SqlFate.ABORTED;
          default -> SqlFate.UNKNOWN;
        };
      }
    }
  }

  /// What it answers. One that only reads is asked for no more than is shown; one that writes has
  /// to come to its end.
  String run(SqlStatement statement) throws SQLException {
    try (var run = connection.prepareStatement(statement.text())) {
      running = run;
      run.setEscapeProcessing(false);
      if (reads) {
        run.setMaxRows(source.limits().rowsMax() + 1);
        run.setFetchSize(source.limits().rowsMax() + 1);
      }
      for (var at = 0; at < statement.parameters().size(); at++) {
        run.setString(at + 1, statement.parameters().get(at));
      }
      if (!run.execute()) return "=== done; rows changed: " + Math.max(0, run.getUpdateCount());
      try (var rows = run.getResultSet()) {
        return new SqlRows(source).text(rows);
      }
    } finally {
      running = null;
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /// Ends what runs, from another thread.
  void cancel() {
    var statement = running;
    if (statement == null) return;
    try {
      statement.cancel();
    } catch (SQLException _) {
      // Then its own time limit ends it.
    }
  }

  /// What was not committed has not happened.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // The server ends it by itself.
    }
  }
}
