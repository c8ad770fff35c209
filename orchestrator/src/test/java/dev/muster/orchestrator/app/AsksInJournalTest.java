package dev.muster.orchestrator.app;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.T0;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.Reopened;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsksInJournalTest {
  private static final String ID = "WORKER_001";

  private final TestInbox<StatusReply<Spawned>> nobody = TestInbox.create();
  private AuditLog audit;
  private Journal journal;
  private AsksInJournal truth;

  @BeforeEach
  void open(@TempDir Path folder) {
    var database = Database.open(DatabaseSettings.embedded(folder), folder);
    audit = AuditLog.open(database.source(), Json::text, () -> T0);
    journal = new Journal(database);
    truth =
        new AsksInJournal(
            new JournalReader(database.source()),
            new Violations("node-a", audit, () -> T0),
            Runnable::run);
  }

  @AfterEach
  void close() throws Exception {
    audit.close();
    journal.close();
  }

  private void did(WorkerEvent... events) {
    journal.worker(ID, events);
  }

  private static WorkerEvent step(int ordinal, Kind kind, String tool) {
    var step = new AgentStep(ordinal, kind, "a".repeat(64), tool, false, 0, null, null, null);
    return new AgentStepped(1, ordinal, step, T0);
  }

  private boolean asks(int epoch, int ordinal) {
    var spawn = new Spawn(ID, epoch, ordinal, List.of(), nobody.getRef());
    return truth.asks(RUN, spawn).toCompletableFuture().join();
  }

  @Test
  void whoeverAsksHasTheIntentToAndNoOutcome() {
    assertThat(asks(0, 3)).as("nothing at all").isFalse();
    did(new Assigned(assignment(ID), 0, T0), step(1, Kind.INTENT, "shell"));
    assertThat(asks(0, 1)).as("another tool").isFalse();
    did(step(2, Kind.OUTCOME, "shell"), step(3, Kind.INTENT, "spawn"));
    assertThat(asks(0, 3)).isTrue();
    assertThat(asks(0, 2)).as("another step").isFalse();
    assertThat(asks(1, 3)).as("another epoch").isFalse();
    did(step(4, Kind.HEARD, "spawn"));
    assertThat(asks(0, 3)).as("something was said to it meanwhile").isTrue();
    did(step(5, Kind.OUTCOME, "spawn"));
    assertThat(asks(0, 3)).as("it was told what came of it").isFalse();
  }

  @Test
  void whatItAskedBeforeItBeganAnewIsOver() {
    did(
        new Assigned(assignment(ID), 0, T0),
        step(1, Kind.INTENT, "spawn"),
        new Reopened(assignment(ID), 1, T0));
    assertThat(asks(1, 1)).isFalse();
    did(step(2, Kind.INTENT, "spawn"));
    assertThat(asks(1, 2)).isTrue();
  }
}
