package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A batch of the journal.
///
/// @param end all events up to this one are in it, or concern nobody
record TailPage(List<JournalRow> rows, long end) {
  private static final String PAGE = JournalQuery.EVENTS + "\"ordering\" > ? AND \"ordering\" <= ?";
  private static final String IN_ORDER = " ORDER BY \"ordering\" LIMIT " + Tail.ROWS_MAX;

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

  /// @param names of the events that are wanted; none for all
  static TailPage read(Connection connection, Set<String> names, long after, long until)
      throws SQLException {
    var rows = new ArrayList<JournalRow>();
    var bytes = 0L;
    var end = after;
    var arguments = new ArrayList<Object>(List.of(after, until));
    arguments.addAll(names);
    try (var statement = connection.prepareStatement(page(names.size()))) {
      statement.setFetchSize(FETCHED_ROWS);
      Sql.bind(statement, arguments);
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

  private static String page(int names) {
    if (names == 0) return PAGE + IN_ORDER;
    return PAGE + " AND \"event_ser_manifest\" IN (" + Sql.marks(names) + ")" + IN_ORDER;
  }
}
