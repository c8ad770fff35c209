package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerEvent.ValidationStarted;
import dev.muster.protocol.worker.WorkerPhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How many events a second the reader `runs` takes in, with as many workers as
/// `-Dtail.workers=2000` says, five events each: it must not be what a run waits for.
@EnabledIfSystemProperty(named = "tail.workers", matches = "\\d+")
class TailSpeedTest {
  private static final int WORKERS = Integer.getInteger("tail.workers", 0);
  private static final int UNDER_WAY = 500;

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void theTablesAreFilledQuickly(Vendor vendor, @TempDir Path folder) {
    try (var journal = new Journal(vendor.open(folder))) {
      var ids = IntStream.range(0, WORKERS).mapToObj("WORKER_%06d"::formatted).toList();
      journal.run(journal.created(ids.stream().map(id -> planned(id, 1)).toArray(Planned[]::new)));
      for (var from = 0; from < WORKERS; from += UNDER_WAY) {
        live(journal, ids.subList(from, Math.min(WORKERS, from + UNDER_WAY)));
      }
      for (var round = 0; round < 3; round++) {
        var readSide = ReadSide.of(journal.database(), journal::now);
        readSide.tail().rebuild(RunsReader.NAME);
        var started = System.nanoTime();
        while (readSide.tail().standings().getFirst().behind() > 0) catchUp(readSide);
        var seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
            "tail %s: %d workers, %.0f events/s%n", vendor, WORKERS, (5 * WORKERS + 1) / seconds);
        assertThat(Objects.requireNonNull(readSide.runs().run(RUN)).workers().completed())
            .isEqualTo(WORKERS);
      }
    }
  }

  private static void catchUp(ReadSide readSide) {
    try {
      readSide.tail().catchUp(RunsReader.NAME);
    } catch (JournalException _) {
      // It takes longer than a question waits.
    }
  }

  /// So many are under way at the same time, so that one batch has little of many.
  private static void live(Journal journal, List<String> ids) {
    journal.run(new WorkersReleased(ids, journal.now()));
    for (var id : ids) {
      journal.worker(id, new Assigned(assignment(id), 0, journal.now()));
    }
    for (var id : ids) {
      journal.worker(id, new AttemptStarted(1, "node-a", "life-1", journal.now()));
    }
    for (var id : ids) {
      journal.worker(id, new ValidationStarted(1, 1, journal.now()));
    }
    for (var id : ids) {
      journal.worker(id, new Completed(1, receipt(null, step("test 1", 0)), journal.now()));
    }
    for (var id : ids) {
      var status = journal.status(WorkerPhase.COMPLETED, null);
      journal.run(new WorkerSettled(id, status, journal.now()));
    }
  }
}
