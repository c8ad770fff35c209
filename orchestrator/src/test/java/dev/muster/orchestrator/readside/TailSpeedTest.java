package dev.muster.orchestrator.readside;

import static dev.muster.orchestrator.view.Journal.RUN;
import static dev.muster.orchestrator.view.Journal.assignment;
import static dev.muster.orchestrator.view.Journal.planned;
import static dev.muster.orchestrator.view.Journal.receipt;
import static dev.muster.orchestrator.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.storage.Vendor;
import dev.muster.orchestrator.view.Journal;
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
/// `-Dtail.workers=2000` says, six events each: it must not be what a run waits for.
@EnabledIfSystemProperty(named = "tail.workers", matches = "\\d+")
class TailSpeedTest {
  private static final int WORKERS = Integer.getInteger("tail.workers", 0);

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void theTablesAreFilledQuickly(Vendor vendor, @TempDir Path folder) {
    try (var journal = new Journal(vendor.open(folder))) {
      var ids = IntStream.range(0, WORKERS).mapToObj("WORKER_%06d"::formatted).toList();
      journal.run(journal.created(ids.stream().map(id -> planned(id, 1)).toArray(Planned[]::new)));
      for (var id : ids) live(journal, id);
      for (var round = 0; round < 3; round++) {
        var readSide = ReadSide.of(journal.database(), journal::now);
        readSide.tail().rebuild(RunsReader.NAME);
        var started = System.nanoTime();
        readSide.tail().catchUp(RunsReader.NAME);
        var seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
            "tail %s: %d workers, %.0f events/s%n", vendor, WORKERS, (6 * WORKERS + 1) / seconds);
        assertThat(Objects.requireNonNull(readSide.runs().run(RUN)).workers().completed())
            .isEqualTo(WORKERS);
      }
    }
  }

  private static void live(Journal journal, String id) {
    journal.run(new WorkersReleased(List.of(id), journal.now()));
    journal.worker(
        id,
        new Assigned(assignment(id), 0, journal.now()),
        new AttemptStarted(1, "node-a", "life-1", journal.now()),
        new ValidationStarted(1, 1, journal.now()),
        new Completed(1, receipt(null, step("test 1", 0)), journal.now()));
    journal.run(new WorkerSettled(id, journal.status(WorkerPhase.COMPLETED, null), journal.now()));
  }
}
