package dev.muster.orchestrator.membership;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// What only one may hold at a time, by the clock of the database.
final class LeaseTable {
  private final DataSource source;

  LeaseTable(DataSource source) {
    this.source = source;
  }

  /// Takes the lease, or renews it.
  ///
  /// @param duration after which it is free again unless it is renewed
  /// @return false when somebody else holds it
  boolean take(String name, String owner, Duration duration) throws SQLException {
    try (var connection = source.getConnection()) {
      return renew(connection, name, owner, duration) || insert(connection, name, owner, duration);
    }
  }

  boolean release(String name, String owner) throws SQLException {
    try (var connection = source.getConnection();
        var delete =
            connection.prepareStatement("DELETE FROM lease WHERE name = ? AND owner = ?")) {
      delete.setString(1, name);
      delete.setString(2, owner);
      return delete.executeUpdate() > 0;
    }
  }

  private static boolean renew(Connection connection, String name, String owner, Duration duration)
      throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE lease SET owner = ?, held_until = CURRENT_TIMESTAMP + "
                + interval(duration)
                + " WHERE name = ? AND (owner = ? OR held_until < CURRENT_TIMESTAMP)")) {
      update.setString(1, owner);
      update.setString(2, name);
      update.setString(3, owner);
      return update.executeUpdate() > 0;
    }
  }

  /// Of two that insert at once the primary key lets one through.
  private static boolean insert(Connection connection, String name, String owner, Duration duration)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO lease (name, owner, held_until) VALUES (?, ?, CURRENT_TIMESTAMP + "
                + interval(duration)
                + ")")) {
      insert.setString(1, name);
      insert.setString(2, owner);
      return insert.executeUpdate() > 0;
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("23")) return false;
      throw e;
    }
  }

  private static String interval(Duration duration) {
    return "INTERVAL '" + duration.toSeconds() + "' SECOND";
  }
}
