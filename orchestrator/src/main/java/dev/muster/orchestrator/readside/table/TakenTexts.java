package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.worker.WorkerPhase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which texts the newest runs of a workforce took for one worker.
public final class TakenTexts {
  private static final int RUNS_MAX = 200;

  private TakenTexts() {}

  /// @param by who started the run; null where that is not known
  /// @param digests in the order in which the run took them; the last is the one it has
  /// @param completed with the last of them
  public record Taken(
      String run, Instant at, @Nullable String by, List<String> digests, boolean completed) {
    public Taken {
      digests = List.copyOf(digests);
    }
  }

  private record Of(String run, Instant at, @Nullable String by) {}

  /// Newest first.
  static List<Taken> read(Connection connection, String workforce, String worker)
      throws SQLException {
    var id = StateText.cut(worker, 255);
    var taken = new ArrayList<Taken>();
    for (var run : runs(connection, workforce)) {
      WorkerRow.find(connection, run.run(), List.of(id))
          .forEach(it ->
              taken.add(
                  new Taken(
                      run.run(),
                      run.at(),
                      run.by(),
                      it.texts(),
                      it.phase() == WorkerPhase.COMPLETED)));
    }
    return taken;
  }

  private static @Nullable String by(ResultSet row) throws SQLException {
    return RunRow.read(row).settings().startedBy();
  }

  private static List<Of> runs(Connection connection, String workforce) throws SQLException {
    return Sql.all(
        connection,
        ("SELECT id, started_at, %s FROM run WHERE workforce = ?"
                + " ORDER BY workforce DESC, id DESC LIMIT %d")
            .formatted(RunRow.COLUMNS, RUNS_MAX),
        row -> new Of(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), by(row)),
        List.of(StateText.cut(workforce, 255)));
  }
}
