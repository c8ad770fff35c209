package dev.muster.orchestrator.journal;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.journal.EventSerializer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs one statement over the journal's table and closes it. Names are quoted in lower case, which
/// means the same to H2 and PostgreSQL.
final class JournalQuery {
  private static final String ROWS =
      """
      SELECT "ordering", "persistence_id", "sequence_number", "write_timestamp",
             "event_ser_manifest", "event_payload"
      FROM "event_journal" WHERE "deleted" = FALSE AND "event_ser_id" =\
      """
          + EventSerializer.IDENTIFIER
          + " AND ";

  private final DataSource database;

  JournalQuery(DataSource database) {
    this.database = database;
  }

  interface RowMapper<T> {
    @Nullable T map(ResultSet row) throws SQLException;
  }

  /// Events that fulfil a condition; the condition may end in ORDER BY and LIMIT.
  List<JournalRow> events(String condition, Object... arguments) {
    return select(ROWS + condition, JournalQuery::event, arguments);
  }

  /// Rows for which the mapper answers null are left out.
  <T> List<T> select(String sql, RowMapper<T> mapper, Object... arguments) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var mapped = mapper.map(rows);
          if (mapped != null) found.add(mapped);
        }
      }
      return found;
    } catch (SQLException e) {
      throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (var i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
  }

  private static @Nullable JournalRow event(ResultSet row) throws SQLException {
    var origin = Origin.parse(row.getString(2));
    if (origin == null) return null;
    var seq = row.getLong(1);
    try {
      return new JournalRow(
          seq,
          origin,
          row.getLong(3),
          Instant.ofEpochMilli(row.getLong(4)),
          EventCodec.decodeEvent(row.getBytes(6), row.getString(5)));
    } catch (RuntimeException e) {
      throw new JournalException(
          "event %d of %s in the journal cannot be decoded: %s"
              .formatted(seq, origin.persistenceId(), e.getMessage()),
          e);
    }
  }

  /// For `LIKE … ESCAPE '!'`: ids contain the wildcard `_`.
  static String prefix(String literal) {
    return literal.replace("!", "!!").replace("_", "!_").replace("%", "!%") + "%";
  }
}
