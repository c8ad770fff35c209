package dev.muster.orchestrator.journal;

import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.journal.EventSerializer;
import dev.muster.protocol.journal.MusterEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch of the journal.
///
/// @param end all events up to this one are in it, or concern nobody
record TailPage(List<JournalRow> rows, long end) {
  private static final String PAGE =
      """
      SELECT "ordering", "persistence_id", "sequence_number", "write_timestamp",
             "event_ser_manifest", "event_payload"
      FROM "event_journal"
      WHERE "ordering" > ? AND "ordering" <= ? AND "deleted" = FALSE AND "event_ser_id" = %d
      ORDER BY "ordering" LIMIT %d\
      """
          .formatted(EventSerializer.IDENTIFIER, Tail.ROWS_MAX);

  private static final String BETWEEN =
      """
      SELECT "ordering", "persistence_id", "sequence_number", "write_timestamp",
             "event_ser_manifest", "event_payload"
      FROM "event_journal"
      WHERE "persistence_id" = ? AND "sequence_number" > ? AND "sequence_number" < ?
      AND "deleted" = FALSE AND "event_ser_id" = %d
      ORDER BY "persistence_id", "sequence_number"\
      """
          .formatted(EventSerializer.IDENTIFIER);

  static List<JournalRow> between(
      Connection connection, Origin origin, long afterNumber, long beforeNumber)
      throws SQLException {
    return events(
        Sql.all(
            connection,
            BETWEEN,
            Row::of,
            List.of(origin.persistenceId(), afterNumber, beforeNumber)));
  }

  static TailPage read(Connection connection, long after, long until) throws SQLException {
    var read = Sql.all(connection, PAGE, Row::of, List.of(after, until));
    return new TailPage(events(read), read.size() < Tail.ROWS_MAX ? until : read.getLast().seq());
  }

  private static List<JournalRow> events(List<Row> rows) {
    var events = new ArrayList<JournalRow>(rows.size());
    for (var row : rows) if (row.event() != null) events.add(row.event());
    return events;
  }

  /// @param event null for rows of others
  private record Row(long seq, @Nullable JournalRow event) {
    static Row of(ResultSet row) throws SQLException {
      var seq = row.getLong(1);
      var origin = Origin.parse(row.getString(2));
      if (origin == null) return new Row(seq, null);
      var writtenAt = Instant.ofEpochMilli(row.getLong(4));
      var event = decoded(row.getBytes(6), row.getString(5), writtenAt);
      return new Row(seq, new JournalRow(seq, origin, row.getLong(3), writtenAt, event));
    }

    private static MusterEvent decoded(byte[] bytes, String name, Instant writtenAt) {
      try {
        return EventCodec.decodeEvent(bytes, name);
      } catch (RuntimeException e) {
        return new Unreadable(String.valueOf(e.getMessage()), writtenAt);
      }
    }
  }
}
