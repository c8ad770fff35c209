package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.storage.StoredLogs.AttemptId;
import dev.muster.orchestrator.journal.storage.StoredLogs.StoredLog;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.Handover;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunRowsTest {
  private static final Handover HANDOVER = new Handover("WORKER_001", List.of(), List.of());
  private static final String DIGEST = Sha256.of(EventCodec.encode(HANDOVER));
  private static final AttemptId OF_IT = new AttemptId("run_1", "WORKER_001", 1);
  private static final AttemptId OF_ANOTHER = new AttemptId("run_10", "WORKER_001", 1);

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void theRowsOfOneRunGoAndThoseOfNoOther(Vendor vendor, @TempDir Path folder) throws Exception {
    try (var journal = new Journal(vendor.open(folder))) {
      var logs = new StoredLogs(journal.database());
      for (var run : List.of("run_1", "run_10")) {
        var end = new RunFinished(RunPhase.COMPLETED, 0, Journal.T0);
        var start = new AttemptStarted(1, "node-a", "x", Journal.T0);
        journal.write(Origin.run(run), journal.created(), end);
        journal.write(Origin.worker(run, "WORKER_001"), start);
        snapshot(journal, Origin.run(run));
        new Handovers(journal.database()).put(run, Map.of(DIGEST, HANDOVER));
      }
      for (var attempt : List.of(OF_IT, OF_ANOTHER)) {
        logs.remember(attempt, new StoredLog("a".repeat(64), 10, "node-a"), Journal.T0);
      }
      var rows = new RunRows(journal.database());
      var ids = List.of("Worker|run_1/WORKER_001", "Gate|run_1");
      assertThat(rows.deleteMost("run_1", ids)).isEqualTo(1);
      assertThat(rows.deleteMost("run_1", ids)).isZero();
      assertThat(rows.deleteLast("run_1", "Run|run_1")).isEqualTo(2);
      assertThat(rows.deleteLast("run_1", "Run|run_1")).isZero();

      var deleted = new DeletedRuns(journal.database());
      deleted.add("run_1");
      deleted.add("run_1");
      assertThat(deleted.among(List.of("run_1", "run_10", "run_2"))).containsExactly("run_1");
      assertThat(deleted.unfinished(Duration.ZERO)).as("nothing is left").isEmpty();
      deleted.remove("run_1");
      assertThat(deleted.among(List.of("run_1"))).isEmpty();

      var reader = new JournalReader(journal.database());
      assertThat(reader.runs(null, 9)).containsExactly("run_10");
      assertThat(reader.ofRun("run_10", 0, Long.MAX_VALUE, 9)).hasSize(3);
      assertThat(logs.find(OF_IT)).isNull();
      assertThat(logs.find(OF_ANOTHER)).isNotNull();
      assertThat(texts(journal, "SELECT persistence_id FROM snapshot"))
          .containsExactly("Run|run_10");
      assertThatThrownBy(() -> new Handovers(journal.database()).inputs("run_1", DIGEST))
          .hasMessageContaining("handed on in run_1");
      assertThat(new Handovers(journal.database()).inputs("run_10", DIGEST)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void moreThanOneCommitTakesGoesToo(Vendor vendor, @TempDir Path folder) throws Exception {
    try (var journal = new Journal(vendor.open(folder))) {
      for (var run : List.of("run_1", "run_10")) {
        journal.write(Origin.run(run), journal.created());
        values(journal, run);
      }
      var ids = new ArrayList<>(Collections.nCopies(2_100, "Worker|run_1/WORKER_001"));
      assertThat(new RunRows(journal.database()).deleteMost("run_1", ids)).isEqualTo(0);
      assertThat(texts(journal, "SELECT DISTINCT run FROM shared_value")).containsExactly("run_10");
    }
  }

  private static void values(Journal journal, String run) throws SQLException {
    try (var connection = journal.database().getConnection()) {
      Sql.batch(
          connection,
          "INSERT INTO shared_value (run, name, version, content, worker, written_at)"
              + " VALUES (?, ?, 1, '', '', 0)",
          IntStream.range(0, 2_100).mapToObj(at -> List.of(run, "value-" + at)));
    }
  }

  private static void snapshot(Journal journal, Origin origin) throws SQLException {
    try (var connection = journal.database().getConnection()) {
      Sql.update(
          connection,
          "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,"
              + " snapshot_ser_manifest, snapshot_payload) VALUES (?, 1, 0, 1, '', ?)",
          List.of(origin.persistenceId(), new byte[] {1}));
    }
  }

  private static List<String> texts(Journal journal, String sql) throws SQLException {
    try (var connection = journal.database().getConnection()) {
      return Sql.all(connection, sql, row -> row.getString(1), List.of());
    }
  }
}
