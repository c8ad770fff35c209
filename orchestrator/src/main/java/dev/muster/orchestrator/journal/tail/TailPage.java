package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A batch of the journal.
///
/// @param end all events up to this one are in it, or concern nobody
record TailPage(List<JournalRow> rows, long end) {
  private static final String PAGE =
      JournalQuery.EVENTS
          + "\"ordering\" > ? AND \"ordering\" <= ? ORDER BY \"ordering\" LIMIT "
          + Tail.ROWS_MAX;

  /// So many at a time come from a server.
  private static final int FETCHED_ROWS = 500;

  private static final String BETWEEN =
      JournalQuery.EVENTS
          + "\"persistence_id\" = ? AND \"sequence_number\" > ? AND \"sequence_number\" < ?"
          + " ORDER BY \"persistence_id\", \"sequence_number\"";

  static List<JournalRow> between(
      Connection connection, Origin origin, long afterNumber, long beforeNumber)
      throws SQLException {
    return Sql.all(
        connection,
        BETWEEN,
        JournalQuery::told,
        List.of(origin.persistenceId(), afterNumber, beforeNumber));
  }

  static TailPage read(Connection connection, long after, long until) throws SQLException {
    var rows = new ArrayList<JournalRow>();
    var bytes = 0L;
    var end = after;
    try (var statement = connection.prepareStatement(PAGE)) {
      statement.setFetchSize(FETCHED_ROWS);
      Sql.bind(statement, List.of(after, until));
      try (var found = statement.executeQuery()) {
        var count = 0;
        while (bytes <= Tail.BYTES_MAX && found.next()) {
          count++;
          end = found.getLong(1);
          bytes += found.getLong(JournalQuery.BYTES);
          var row = JournalQuery.told(found);
          if (row != null) rows.add(row);
        }
        var more = count == Tail.ROWS_MAX || bytes > Tail.BYTES_MAX;
        return new TailPage(rows, more ? end : until);
      }
    }
  }
}
