package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.journal.tail.TailReader;
import dev.muster.orchestrator.readside.view.JournalLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Fills the tables `run`, `worker` and `approval`.
public final class RunsReader implements TailReader {
  public static final String NAME = "runs";

  /// Another when a fold or a column changes what it means.
  private static final int VERSION = 6;

  private final RowMemory memory = new RowMemory();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return VERSION;
  }

  /// Whoever asks, or follows a stream, has it read at once. All that happens to a worker meanwhile
  /// costs one row.
  @Override
  public Duration pause() {
    return Duration.ofMillis(500);
  }

  @Override
  public void apply(Connection connection, List<JournalRow> rows) throws SQLException {
    var batch = new RunBatch(connection, memory);
    needWorkers(batch, rows);
    var fold = new RunFold(batch);
    for (var row : rows) fold.apply(row);
    batch.write();
  }

  /// Those whom an event is about, at once instead of one by one.
  private static void needWorkers(RunBatch batch, List<JournalRow> rows) throws SQLException {
    var ids = new HashMap<String, Set<String>>();
    for (var row : rows) {
      var worker = JournalLine.workerOf(row);
      var kind = row.origin().kind();
      if (kind == Origin.Kind.GATE || kind == Origin.Kind.COMMONS || worker == null) continue;
      ids.computeIfAbsent(row.origin().run(), _ -> new HashSet<>()).add(worker);
    }
    for (var crew : ids.entrySet()) batch.need(crew.getKey(), crew.getValue());
  }

  @Override
  public void forget() {
    memory.clear();
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    for (var table : List.of("worker", "approval", "run", "run_tag")) {
      Sql.update(connection, "DELETE FROM " + table, List.of());
    }
  }
}
