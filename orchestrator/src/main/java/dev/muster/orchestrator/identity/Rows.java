package dev.muster.orchestrator.identity;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Small statements over one database.
record Rows(DataSource database) {
  /// Reads the row where the cursor stands.
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  <T> List<T> all(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
    try (var connection = database.getConnection();
        var statement = bound(connection.prepareStatement(sql), arguments);
        var rows = statement.executeQuery()) {
      var found = new ArrayList<T>();
      while (rows.next()) found.add(mapper.map(rows));
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("who may call cannot be read", e);
    }
  }

  <T> @Nullable T one(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
    var found = all(sql, mapper, arguments);
    return found.isEmpty() ? null : found.getFirst();
  }

  /// How many rows it touched; 0 also where a row with that key is there already.
  int update(String sql, @Nullable Object... arguments) {
    try (var connection = database.getConnection();
        var statement = bound(connection.prepareStatement(sql), arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("23")) return 0;
      throw new IllegalStateException("who may call cannot be written", e);
    }
  }

  private static PreparedStatement bound(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (var i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
    return statement;
  }

  static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
