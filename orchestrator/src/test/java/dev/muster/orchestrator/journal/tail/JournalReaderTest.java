package dev.muster.orchestrator.journal.tail;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.T0;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.readside.view.JournalLine;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerPhase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class JournalReaderTest {
  private final Vendor vendor;
  private Journal journal;
  private JournalReader reader;

  JournalReaderTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(vendor.open(folder));
    reader = new JournalReader(journal.database());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void anEmptyJournalKnowsNoRun() {
    assertThat(reader.runs(null, 10)).isEmpty();
    assertThat(reader.unfinished()).isEmpty();
    assertThat(reader.ofRun(RUN, 0, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(reader.newest()).isZero();
  }

  @Test
  void aRunIsReadInTheOrderOfTheJournalAndWithoutItsNeighbours() {
    journal.write(Origin.worker("run_00019", "WORKER_001"), new Assigned(assignment("x"), 0, T0));
    journal.run(journal.created(planned("WORKER_001", 1)));
    journal.worker("WORKER_001", new Assigned(assignment("WORKER_001"), 0, T0));
    journal.write(Origin.run("runX0001"), new RunContinued("node-b", T0));
    journal.write(Origin.worker("runX0001", "WORKER_001"), new Assigned(assignment("x"), 0, T0));
    journal.run(new RunContinued("node-a", T0));

    assertThat(reader.ofRun(RUN, 0, Long.MAX_VALUE, 10))
        .extracting(row -> row.event().getClass().getSimpleName())
        .containsExactly("RunCreated", "Assigned", "RunContinued");
    assertThat(reader.ofRun(RUN, 3, Long.MAX_VALUE, 10)).hasSize(1);
  }

  @Test
  void rowsOfOthersInTheSameTableAreLeftOut() {
    journal.run(journal.created(planned("WORKER_001", 1)));
    journal.write(new Origin(Origin.Kind.RUN, RUN, "not/ours"), new RunContinued("a", T0));
    journal.execute("UPDATE \"event_journal\" SET \"event_ser_id\" = 14 WHERE \"ordering\" = 2");
    assertThat(reader.ofAll(0, 100, 10)).hasSize(1);
  }

  @Test
  void pagesJoinWithoutLossOrRepetition() {
    journal.run(journal.created(planned("WORKER_001", 1)));
    journal.writeMany(
        Origin.worker(RUN, "WORKER_001"), 2_500, i -> new AttemptStarted(i, "node-a", "x", T0));
    var seen = new ArrayList<Long>();
    List<JournalRow> page;
    do {
      page = reader.ofRun(RUN, seen.isEmpty() ? 0 : seen.getLast(), Long.MAX_VALUE, 1_000);
      page.forEach(row -> seen.add(row.seq()));
    } while (page.size() == 1_000);
    assertThat(seen).hasSize(2_501).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aRunIsReadToItsEndHoweverManyEventsOfOthersComeBetween() {
    var near = new JournalReader(journal.database(), 5);
    journal.run(journal.created(planned("WORKER_001", 1)));
    var others = Origin.worker("run_0002", "WORKER_001");
    journal.writeMany(others, 20, i -> new AttemptStarted(i, "node-a", "x", T0));
    journal.worker("WORKER_001", new Assigned(assignment("WORKER_001"), 0, T0));
    journal.writeMany(
        Origin.worker("run_0003", "WORKER_001"), 20, i -> new AttemptStarted(i, "node-a", "x", T0));

    assertThat(near.ofRun(RUN, 0, Long.MAX_VALUE, 10))
        .extracting(JournalRow::seq)
        .containsExactly(1L, 22L);
    assertThat(near.ofRun(RUN, 0, 10, 10)).hasSize(1);
    assertThat(near.ofRun(RUN, 0, Long.MAX_VALUE, 1)).hasSize(1);
    assertThat(near.ofRun(RUN, 22, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void eventsOfManyComeOnceAndInOrderForEachHoweverManyThereAre() {
    var origins = new ArrayList<Origin>();
    for (var id = 1; id <= 210; id++) {
      var origin = Origin.worker(RUN, "WORKER_%03d".formatted(id));
      origins.add(origin);
      var events = id == 7 || id == 205 ? 4_500 : id % 4;
      journal.writeMany(origin, events, i -> new AttemptStarted(i, "node-a", "x", T0));
    }
    var numbers = new HashMap<Origin, List<Long>>();
    reader.eachOf(
        origins,
        row -> numbers.computeIfAbsent(row.origin(), _ -> new ArrayList<>()).add(row.number()));
    for (var id = 1; id <= 210; id++) {
      var events = id == 7 || id == 205 ? 4_500 : id % 4;
      assertThat(numbers.getOrDefault(origins.get(id - 1), List.of()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events).boxed().toList());
    }
  }

  @Test
  void runsComeNewestFirstAndUnfinishedOnesOldestFirst() {
    for (var id : List.of("run_a", "run_b", "run_c")) {
      journal.write(Origin.run(id), journal.created(planned("WORKER_001", 1)));
    }
    journal.write(Origin.run("run_a"), new RunFinished(RunPhase.FAILED, 1, T0));
    journal.write(Origin.run("run_b"), new RunFinished(RunPhase.FAILED, 1, T0));
    journal.write(Origin.run("run_b"), new WorkersReopened(List.of("WORKER_001"), "me", T0));

    assertThat(reader.runs(null, 2)).containsExactly("run_c", "run_b");
    assertThat(reader.runs("run_b", 2)).containsExactly("run_a");
    assertThat(reader.unfinished()).containsExactly("run_b", "run_c");
  }

  @Test
  void aLineNamesTheWorkerItConcernsAndFlattensTheEvent() {
    journal.run(
        journal.created(planned("WORKER_001", 1)),
        new WorkerSettled("WORKER_001", journal.status(WorkerPhase.FAILED, "exit 1"), T0));
    journal.worker("WORKER_001", new AttemptStarted(2, "node-a", "x", T0.plusNanos(1_999_999)));

    var lines =
        reader.ofRun(RUN, 0, Long.MAX_VALUE, 10).stream()
            .map(JournalLine::of)
            .map(Json::text)
            .toList();

    assertThat(lines.getFirst())
        .startsWith(
            "{\"seq\":1,\"at\":\"2026-03-01T10:00:00.000Z\",\"worker\":null,\"type\":\"RunCreated\"");
    assertThat(lines.get(1)).contains("\"worker\":\"WORKER_001\",\"type\":\"WorkerSettled\"");
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"seq\":3,\"at\":\"2026-03-01T10:00:00.001Z\",\"worker\":\"WORKER_001\",\"attempt\":2,"
                + "\"type\":\"AttemptStarted\",\"node\":\"node-a\",\"incarnation\":\"x\"}");
  }

  @Test
  void anEventThatThisVersionDoesNotKnowIsNamed() {
    journal.run(journal.created(planned("WORKER_001", 1)));
    journal.execute("UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'FromTheFuture'");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> reader.ofRun(RUN, 0, Long.MAX_VALUE, 10))
        .withMessageContaining("FromTheFuture")
        .withMessageContaining("Run|run_0001");
  }
}
