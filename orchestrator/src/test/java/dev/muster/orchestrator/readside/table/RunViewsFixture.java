package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerPhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A run of three workers, and the views of it.
abstract class RunViewsFixture {
  final Vendor vendor;
  Journal journal;
  RunViews views;

  RunViewsFixture(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(vendor.open(folder));
    views = fresh();
    journal.run(
        journal.created(
            planned("WORKER_001", 1),
            planned("WORKER_002", 1),
            planned("WORKER_003", 2, "WORKER_002")));
  }

  RunViews fresh() {
    return ReadSide.of(journal.database(), journal::now).runs();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  RunView run() {
    var view = Objects.requireNonNull(views.run(RUN));
    var built = ReadSide.of(journal.database(), journal::now);
    built.tail().rebuild(RunsReader.NAME);
    assertThat(built.runs().run(RUN)).as("built anew").isEqualTo(view);
    var w = view.workers();
    assertThat(
            w.completed()
                + w.failed()
                + w.blocked()
                + w.cancelled()
                + w.held()
                + w.waiting()
                + w.rehearsed()
                + w.running())
        .as("every worker is counted once")
        .isEqualTo(w.total());
    return view;
  }

  WorkerView worker(String id) {
    return Objects.requireNonNull(views.worker(RUN, id));
  }

  void start(String id) {
    journal.run(new WorkersReleased(List.of(id), journal.now()));
    journal.worker(
        id,
        new Assigned(assignment(id), 0, journal.now()),
        new AttemptStarted(1, "node-a", "life-1", journal.now()));
  }

  void complete(String id) {
    journal.worker(id, new Completed(1, receipt(null, step("test 1", 0)), journal.now()));
    journal.run(new WorkerSettled(id, journal.status(WorkerPhase.COMPLETED, null), journal.now()));
  }
}
