package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.RunView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// How many there are of what, as the tables have it at this moment: nobody is waited for, since
/// whoever counts is told how far the tables are behind. No worker's row is looked at: runs have
/// counted theirs.
///
/// @param runs all of them, by state
/// @param open runs that have not ended, the newest [#OPEN_MAX] of each state
/// @param approvals all of them, by what became of them
/// @param oldestPending when the one was asked for that waits longest; null when none waits
public record Census(
    Map<String, Long> runs,
    List<RunView> open,
    Map<String, Long> approvals,
    @Nullable Instant oldestPending) {
  /// Each is read as a whole.
  public static final int OPEN_MAX = 100;

  public Census {
    runs = Map.copyOf(runs);
    open = List.copyOf(open);
    approvals = Map.copyOf(approvals);
  }

  /// @throws JournalException when the database does not answer
  public static Census take(DataSource database, InstantSource clock) {
    return JournalException.rows(database, "the read side").read(it -> take(it, clock.instant()));
  }

  private static Census take(Connection connection, Instant now) throws SQLException {
    var oldest =
        Sql.one(
            connection,
            "SELECT COALESCE(MIN(requested_at), -1) FROM approval WHERE state = 'PENDING'",
            row -> row.getLong(1),
            List.of());
    return new Census(
        counted(connection, "SELECT phase, COUNT(*) FROM run GROUP BY phase"),
        open(connection, now),
        counted(connection, "SELECT state, COUNT(*) FROM approval GROUP BY state"),
        oldest == null || oldest < 0 ? null : Instant.ofEpochMilli(oldest));
  }

  private static Map<String, Long> counted(Connection connection, String sql) throws SQLException {
    var counts = new TreeMap<String, Long>();
    Sql.all(connection, sql, row -> Map.entry(row.getString(1), row.getLong(2)), List.of())
        .forEach(it -> counts.put(it.getKey(), it.getValue()));
    return counts;
  }

  /// State by state, since each goes by an index.
  private static List<RunView> open(Connection connection, Instant now) throws SQLException {
    var open = new ArrayList<RunView>();
    for (var phase : RunPhase.values()) {
      if (phase.finished()) continue;
      Sql.all(
              connection,
              "SELECT %s FROM run WHERE phase = ? ORDER BY phase DESC, id DESC LIMIT %d"
                  .formatted(RunRow.COLUMNS, OPEN_MAX),
              RunRow::read,
              List.of(phase.name()))
          .forEach(run -> open.add(run.view(now)));
    }
    return open;
  }
}
