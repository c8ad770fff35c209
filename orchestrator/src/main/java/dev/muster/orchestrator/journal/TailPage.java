package dev.muster.orchestrator.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A batch of the journal.
///
/// @param end all events up to this one are in it, or concern nobody
record TailPage(List<JournalRow> rows, long end) {
  private static final String PAGE =
      JournalQuery.EVENTS
          + "\"ordering\" > ? AND \"ordering\" <= ? ORDER BY \"ordering\" LIMIT "
          + Tail.ROWS_MAX;

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
    var read =
        Sql.all(
            connection,
            PAGE,
            row -> new Row(row.getLong(1), JournalQuery.told(row)),
            List.of(after, until));
    return new TailPage(
        read.stream().map(Row::event).filter(Objects::nonNull).toList(),
        read.size() < Tail.ROWS_MAX ? until : read.getLast().seq());
  }

  /// @param event null for rows of others
  private record Row(long seq, @Nullable JournalRow event) {}
}
