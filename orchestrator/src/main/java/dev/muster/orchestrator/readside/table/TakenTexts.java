package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.worker.WorkerPhase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which texts the newest runs of a workforce took for one worker.
public final class TakenTexts {
  private static final int RUNS_MAX = 200;

  private TakenTexts() {}

  /// @param digests in the order in which the run took them; the last is the one it has
  /// @param completed with the last of them
  public record Taken(String run, Instant at, List<String> digests, boolean completed) {
    public Taken {
      digests = List.copyOf(digests);
    }
  }

  private record Of(String run, Instant at) {}

  /// Newest first.
  static List<Taken> read(Connection connection, String workforce, String worker)
      throws SQLException {
    var id = StateText.cut(worker, 255);
    var taken = new ArrayList<Taken>();
    for (var run : runs(connection, workforce)) {
      WorkerRow.find(connection, run.run(), List.of(id))
          .forEach(it ->
              taken.add(
                  new Taken(run.run(), run.at(), it.texts(), it.phase() == WorkerPhase.COMPLETED)));
    }
    return taken;
  }

  private static List<Of> runs(Connection connection, String workforce) throws SQLException {
    return Sql.all(
        connection,
        "SELECT id, started_at FROM run WHERE workforce = ? ORDER BY workforce DESC, id DESC LIMIT "
            + RUNS_MAX,
        row -> new Of(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
        List.of(StateText.cut(workforce, 255)));
  }
}
