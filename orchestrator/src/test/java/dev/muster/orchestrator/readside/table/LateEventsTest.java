package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptInterrupted;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes visible after the tail has gone by.
@ParameterizedClass
@EnumSource(Vendor.class)
class LateEventsTest extends RunViewsFixture {
  LateEventsTest(Vendor vendor) {
    super(vendor);
  }

  /// The tail waits for whoever is still writing. What comes later than that all the same is found
  /// by its number as soon as its entity is heard of again.
  @Test
  void anEventThatIsToldOfTooLateIsFoundByItsNumber() {
    var worker = Origin.worker(RUN, "WORKER_001");
    journal.worker("WORKER_001", new Assigned(assignment("WORKER_001"), 0, journal.now()));
    journal.writeAt(9, Origin.run(RUN), new RunContinued("node-b", journal.now()));
    assertThat(worker("WORKER_001").attempt()).isZero();
    journal.writeAt(4, worker, new AttemptStarted(1, "node-a", "life-1", journal.now()));
    assertThat(worker("WORKER_001").attempt()).isZero();
    journal.writeAt(10, worker, new AttemptInterrupted(1, "stopped", journal.now(), journal.now()));
    assertThat(worker("WORKER_001").attempt()).isOne();
    assertThat(worker("WORKER_001").interruptions()).isOne();
  }

  /// Nothing of the worker follows its end that would tell that one is missing.
  @Test
  void theReceiptOfAWorkerIsReadHoweverLateItsLastEventBecomesVisible() {
    start("WORKER_001");
    journal.writeAt(6, Origin.run(RUN), new RunContinued("node-b", journal.now()));
    assertThat(run().testPassRate()).isNull();
    journal.writeAt(
        5,
        Origin.worker(RUN, "WORKER_001"),
        new Completed(1, receipt(null, step("test 1", 0)), journal.now()));
    journal.writeAt(
        7,
        Origin.run(RUN),
        new WorkerSettled(
            "WORKER_001", journal.status(WorkerPhase.COMPLETED, null), journal.now()));
    assertThat(Objects.requireNonNull(views.run(RUN)).testPassRate()).isEqualTo(1.0);
    assertThat(Objects.requireNonNull(views.delivered(RUN))).isNotEmpty();
  }
}
