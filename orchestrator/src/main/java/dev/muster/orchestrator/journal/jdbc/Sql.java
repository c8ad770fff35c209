package dev.muster.orchestrator.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Small statements over one connection, and what belongs together in one transaction.
public final class Sql {
  private Sql() {}

  /// Reads the row where the cursor stands; null leaves it out.
  @FunctionalInterface
  public interface Mapper<T> {
    @Nullable T map(ResultSet row) throws SQLException;
  }

  /// Reads the row where the cursor stands.
  @FunctionalInterface
  public interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  /// @param <X> what else it may throw
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T with(Connection connection) throws SQLException, X;
  }

  public static <T> List<T> all(
      Connection connection, String sql, Mapper<T> mapper, List<?> arguments) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<T>();
        while (rows.next()) {
          var mapped = mapper.map(rows);
          if (mapped != null) found.add(mapped);
        }
        return found;
      }
    }
  }

  /// One row after the other. Within a transaction no more than so many are held at once, where the
  /// driver can do so: PostgreSQL's reads an answer as a whole otherwise.
  public static void each(
      Connection connection, String sql, int rowsHeld, Reader reader, List<?> arguments)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(rowsHeld);
      bind(statement, arguments);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) reader.read(rows);
      }
    }
  }

  /// The first.
  public static <T> @Nullable T one(
      Connection connection, String sql, Mapper<T> mapper, List<?> arguments) throws SQLException {
    var found = all(connection, sql, mapper, arguments);
    return found.isEmpty() ? null : found.getFirst();
  }

  /// How many rows it touched.
  public static int update(Connection connection, String sql, List<?> arguments)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      return statement.executeUpdate();
    }
  }

  /// The same statement for each of these, in one message to the server. So the caller says how
  /// many there are at most.
  ///
  /// @return how many rows were touched in all
  public static int batch(Connection connection, String sql, Stream<? extends List<?>> each)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var arguments = each.iterator(); arguments.hasNext(); ) {
        bind(statement, arguments.next());
        statement.addBatch();
      }
      return IntStream.of(statement.executeBatch()).map(it -> Math.max(0, it)).sum();
    }
  }

  public static void bind(PreparedStatement statement, List<?> arguments) throws SQLException {
    for (var i = 0; i < arguments.size(); i++) statement.setObject(i + 1, arguments.get(i));
  }

  /// All of it or nothing. Why nothing was done is told also where the connection is gone.
  public static <T, X extends Exception> T transaction(DataSource source, Work<T, X> work)
      throws SQLException, X {
    try (var connection = source.getConnection()) {
      var wasAutomatic = connection.getAutoCommit();
      connection.setAutoCommit(false);
      var failed = true;
      try {
        var done = work.with(connection);
        connection.commit();
        failed = false;
        return done;
      } finally {
        end(connection, failed, wasAutomatic);
      }
    }
  }

  private static void end(Connection connection, boolean failed, boolean wasAutomatic)
      throws SQLException {
    try {
      if (failed) connection.rollback();
      connection.setAutoCommit(wasAutomatic);
    } catch (SQLException e) {
      if (!failed) throw e;
    }
  }

  /// Whether a row with that key is there already.
  public static boolean isTaken(SQLException e) {
    return "23505".equals(e.getSQLState());
  }

  public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  /// `?, ?, ?`
  public static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /// A statement that finds rows by a key of two columns, of which the first is the same in all of
  /// them; [#keys] has its arguments. H2 goes through all rows of the first unless it is told both.
  /// PostgreSQL does so in a table that has grown since it counted it, and is asked key by key.
  public static String byKey(
      Connection connection, String columns, String table, String first, String second, int count)
      throws SQLException {
    if (!isH2(connection)) return each(columns, table, first + " = ? AND " + second);
    var keys = String.join(", ", Collections.nCopies(padded(count), "(?, ?)"));
    return "SELECT %s FROM %s WHERE (%s, %s) IN (%s)"
        .formatted(columns, table, first, second, keys);
  }

  public static List<Object> keys(Connection connection, String first, List<String> seconds)
      throws SQLException {
    if (!isH2(connection)) return List.of((Object) seconds.toArray(String[]::new), first);
    var keys = new ArrayList<Object>();
    for (var i = 0; i < padded(seconds.size()); i++) {
      keys.add(first);
      keys.add(seconds.get(Math.min(i, seconds.size() - 1)));
    }
    return keys;
  }

  /// For PostgreSQL: the rows for each text of an array, which is the first argument. However few
  /// rows it believes to be in the table, each is looked up by itself, by an index if there is one.
  ///
  /// @param key a condition that ends in the column which equals the text
  public static String each(String columns, String table, String key) {
    return """
    SELECT found.* FROM unnest(?) AS asked(for_text) CROSS JOIN LATERAL
    (SELECT %s FROM %s WHERE %s = asked.for_text OFFSET 0) AS found\
    """
        .formatted(columns, table, key);
  }

  /// Few different statements, so that they are remembered.
  private static int padded(int count) {
    return count <= 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
  }

  public static boolean isH2(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2");
  }
}
