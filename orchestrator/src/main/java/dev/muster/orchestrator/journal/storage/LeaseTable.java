package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// What only one may hold at a time, by the clock of the database.
public final class LeaseTable {
  private final Rows<SQLException> rows;

  public LeaseTable(DataSource source) {
    this.rows = new Rows<>(source, (_, e) -> e);
  }

  /// Takes the lease, or renews it. Of two that insert at once the primary key lets one through.
  ///
  /// @param duration after which it is free again unless it is renewed
  /// @return false when somebody else holds it
  public boolean take(String name, String owner, Duration duration) throws SQLException {
    var renewed =
        rows.update(
            "UPDATE lease SET owner = ?, held_until = CURRENT_TIMESTAMP + "
                + interval(duration)
                + " WHERE name = ? AND (owner = ? OR held_until < CURRENT_TIMESTAMP)",
            owner,
            name,
            owner);
    return renewed > 0
        || rows.insert(
            "INSERT INTO lease (name, owner, held_until) VALUES (?, ?, CURRENT_TIMESTAMP + "
                + interval(duration)
                + ")",
            name,
            owner);
  }

  public boolean release(String name, String owner) throws SQLException {
    return rows.update("DELETE FROM lease WHERE name = ? AND owner = ?", name, owner) > 0;
  }

  private static String interval(Duration duration) {
    return "INTERVAL '" + duration.toSeconds() + "' SECOND";
  }
}
