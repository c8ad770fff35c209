package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Postgres;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server in the wild sorts as its locale does, where `_` counts for nothing and `a` comes before
/// `B`. Lists must be in the order of Java all the same, or a cursor would lose what it skips.
class CollationTest {
  @Test
  void theOrderIsOursWhateverTheServersIs(@TempDir Path folder) throws SQLException {
    try (var database = Database.open(Postgres.sortingAsEnglish(), folder)) {
      try (var connection = database.source().getConnection()) {
        assertThat(
                Sql.all(
                    connection,
                    "SELECT x FROM (VALUES ('a'), ('B')) AS t (x) ORDER BY x",
                    row -> row.getString(1),
                    List.of()))
            .as("the server sorts otherwise")
            .containsExactly("a", "B");
        var ids = Stream.of("WORKER_1", "WORKER1", "WORKER_B", "WORKER_a", "Worker_2", "W-3");
        WorkerRow.insert(
            connection, "run_x", ids.map(id -> new WorkerProjection(0, planned(id, 1))).toList());
        Sql.update(connection, "SET enable_seqscan = off", List.of());
        assertThat(
                Sql.all(
                    connection,
                    "EXPLAIN SELECT MAX(ordering + 0) FROM event_journal"
                        + " WHERE persistence_id LIKE 'Worker|run!_x/%' ESCAPE '!'",
                    row -> row.getString(1),
                    List.of()))
            .as("an index knows beginnings")
            .anyMatch(line -> line.contains("~>=~"));
      }
      var pages = TablePages.workers(database.source());
      var selection =
          new Selection(List.of(Condition.fixed("run", "run_x")), "id", false, null, 50);
      assertThat(pages.page(selection).items())
          .extracting(it -> it.at().id())
          .hasSize(6)
          .isSorted();
    }
  }
}
