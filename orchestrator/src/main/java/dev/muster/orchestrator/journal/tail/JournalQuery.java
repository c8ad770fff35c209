package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.journal.EventSerializer;
import dev.muster.protocol.journal.MusterEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs one statement over the journal's table and closes it. Names are quoted in lower case, which
/// means the same to H2 and PostgreSQL.
final class JournalQuery {
  private static final String COLUMNS =
      """
      "ordering", "persistence_id", "sequence_number", "write_timestamp",
             "event_ser_manifest", "event_payload", OCTET_LENGTH("event_payload")\
      """;
  private static final String TABLE = "\"event_journal\"";
  private static final String OURS =
      "\"deleted\" = FALSE AND \"event_ser_id\" =" + EventSerializer.IDENTIFIER + " AND ";

  /// The beginning of a statement that [#event] and [#told] read; a condition comes after it.
  static final String EVENTS = "SELECT " + COLUMNS + "\nFROM " + TABLE + " WHERE " + OURS;

  /// The column that says how long an event is.
  static final int BYTES = 7;

  private final Rows<JournalException> rows;

  JournalQuery(DataSource database) {
    this.rows = JournalException.rows(database, "the journal");
  }

  /// Events that fulfil a condition; the condition may end in ORDER BY and LIMIT.
  List<JournalRow> events(String condition, Object... arguments) {
    return select(EVENTS + condition, JournalQuery::event, arguments);
  }

  /// The first events of these, one origin after another, by the primary key.
  List<JournalRow> eventsOf(List<String> persistenceIds, int limit) {
    return rows.read(connection -> {
      if (Sql.isH2(connection)) {
        var sql = EVENTS + "\"persistence_id\" IN (" + Sql.marks(persistenceIds.size()) + ")";
        return Sql.all(connection, sql + inOrder(limit), JournalQuery::event, persistenceIds);
      }
      var sql = Sql.each(COLUMNS, TABLE, OURS + "\"persistence_id\"");
      Object ids = persistenceIds.toArray(String[]::new);
      return Sql.all(connection, sql + inOrder(limit), JournalQuery::event, List.of(ids));
    });
  }

  private static String inOrder(int limit) {
    return " ORDER BY \"persistence_id\", \"sequence_number\" LIMIT " + limit;
  }

  /// Rows for which the mapper answers null are left out.
  <T> List<T> select(String sql, Sql.Mapper<T> mapper, Object... arguments) {
    return rows.all(sql, mapper, arguments);
  }

  /// For whoever cannot do without it. Null for rows of others.
  private static @Nullable JournalRow event(ResultSet row) throws SQLException {
    var told = told(row);
    if (told == null || !(told.event() instanceof Unreadable unreadable)) return told;
    throw new JournalException(
        "event %d of %s in the journal cannot be decoded: %s"
            .formatted(told.seq(), told.origin().persistenceId(), unreadable.reason()),
        null);
  }

  /// An event that cannot be decoded is [Unreadable]. Null for rows of others.
  static @Nullable JournalRow told(ResultSet row) throws SQLException {
    var origin = Origin.parse(row.getString(2));
    if (origin == null) return null;
    var writtenAt = Instant.ofEpochMilli(row.getLong(4));
    var event = decoded(row.getBytes(6), row.getString(5), writtenAt);
    return new JournalRow(row.getLong(1), origin, row.getLong(3), writtenAt, event);
  }

  private static MusterEvent decoded(byte[] bytes, String name, Instant writtenAt) {
    try {
      var event = EventCodec.decodeEvent(bytes, name);
      var _ = event.at().toEpochMilli(); // throws for a time that no table can hold
      return event;
    } catch (RuntimeException e) {
      return new Unreadable(String.valueOf(e.getMessage()), writtenAt);
    }
  }

  /// For `LIKE … ESCAPE '!'`: ids contain the wildcard `_`.
  static String prefix(String literal) {
    return literal.replace("!", "!!").replace("_", "!_").replace("%", "!%") + "%";
  }
}
