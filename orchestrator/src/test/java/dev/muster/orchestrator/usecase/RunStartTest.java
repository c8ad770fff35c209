package dev.muster.orchestrator.usecase;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a busy machine the supervisor of a new run may not answer in time.
class RunStartTest {
  private static final RunSettings SETTINGS =
      new RunSettings(
          "/w", "/t", "/r", List.of(), ApprovalPolicy.NONE, Duration.ofHours(1), false, 3);

  private final List<String> asked = new ArrayList<>();
  @TempDir private Path folder;
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal = new Journal(Database.open(DatabaseSettings.embedded(folder), folder));
    journal.run(journal.created(planned("WORKER_001", 1)));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void make(String run, Throwable... failures) {
    var runs = new ToldRuns(asked, new ArrayList<>(), List.of(failures));
    new RunStart(runs, new JournalReader(journal.database())).make(run, "digest", SETTINGS, null);
  }

  @Test
  void whoeverDoesNotAnswerInTimeIsAskedAgain() {
    make("run_new", new TimeoutException(), new TimeoutException());
    assertThat(asked).containsExactly("run_new", "run_new", "run_new");
  }

  @Test
  void whatIsInTheJournalIsDurableWhoeverSaysSo() {
    make(Journal.RUN, new TimeoutException());
    assertThat(asked).containsExactly(Journal.RUN);
  }

  @Test
  void aRefusalIsNotAskedAgain() {
    assertThatThrownBy(() -> make("run_new", new StatusReply.ErrorMessage("another plan")))
        .hasMessageContaining("another plan");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whereNobodyEverAnswersItIsSaidThatItMayBeThere() {
    var silence = Collections.nCopies(100, new TimeoutException()).toArray(Throwable[]::new);
    assertThatThrownBy(() -> make("run_new", silence))
        .hasMessageContaining("nobody could say yet that run_new is durable, and it may be");
    assertThat(asked.size()).isLessThan(20);
  }
}
