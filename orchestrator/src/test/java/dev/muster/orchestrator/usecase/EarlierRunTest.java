package dev.muster.orchestrator.usecase;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.worker.WorkerPhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {
  private Journal journal;
  private RunPlan plan;

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(Database.open(DatabaseSettings.embedded(folder), folder));
    RunCreated created = journal.created(planned("WORKER_001", 1), planned("WORKER_002", 1));
    plan = Objects.requireNonNull(created.plan());
    journal.run(created);
    spawn("WORKER_001", "WORKER_001.1");
    spawn("WORKER_001.1", "WORKER_001.1.1");
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void spawn(String parent, String id) {
    journal.run(new WorkerSpawned(parent, 7, planned(id, 1), List.of(), journal.now()));
  }

  private void settle(WorkerPhase phase, String... ids) {
    for (var id : ids) {
      journal.run(new WorkerSettled(id, journal.status(phase, null), journal.now()));
    }
  }

  private DoneBefore done() {
    var source = journal.database();
    return EarlierRun.read(new JournalReader(source), new Manifests(source), RUN).doneOf(plan);
  }

  @Test
  void whoeverHasSubWorkersThatCompletedComesWithThem() {
    settle(WorkerPhase.COMPLETED, "WORKER_001.1.1", "WORKER_001.1", "WORKER_001", "WORKER_002");

    assertThat(done().workers())
        .containsOnlyKeys("WORKER_001", "WORKER_001.1", "WORKER_001.1.1", "WORKER_002");
  }

  /// A run that one of them made fail is not made good by running it again without that one.
  @Test
  void whoeverHasOneBelowThatDidNotCompleteGoesAgain() {
    settle(WorkerPhase.FAILED, "WORKER_001.1.1");
    settle(WorkerPhase.COMPLETED, "WORKER_001.1", "WORKER_001", "WORKER_002");

    assertThat(done().workers()).containsOnlyKeys("WORKER_002");
    assertThat(done().spawned()).isEmpty();
  }

  @Test
  void whoHasLeftKeepsNobody() {
    settle(WorkerPhase.FAILED, "WORKER_001.1.1", "WORKER_001.1", "WORKER_001");
    journal.run(new WorkersReopened(List.of("WORKER_001"), "me", journal.now(), List.of()));
    spawn("WORKER_001", "WORKER_001.2");
    settle(WorkerPhase.COMPLETED, "WORKER_001.2", "WORKER_001");

    assertThat(done().workers()).containsOnlyKeys("WORKER_001", "WORKER_001.2");
  }
}
