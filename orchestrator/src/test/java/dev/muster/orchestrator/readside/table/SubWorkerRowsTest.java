package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class SubWorkerRowsTest extends RunViewsFixture {
  private static final String SUB = "WORKER_001.2";

  SubWorkerRowsTest(Vendor vendor) {
    super(vendor);
  }

  private void spawn(int ordinal) {
    journal.run(
        new WorkerSpawned("WORKER_001", ordinal, planned(SUB, 1), List.of(), journal.now()));
  }

  private void settle(String id, WorkerPhase phase) {
    journal.run(new WorkerSettled(id, journal.status(phase, null), journal.now()));
  }

  /// As journals have it that were written while names could be given twice.
  @Test
  void whoeverComesUnderTheNameOfOneThatHasLeftTakesItsRow() {
    spawn(7);
    settle(SUB, WorkerPhase.COMPLETED);
    settle("WORKER_001", WorkerPhase.COMPLETED);
    assertThat(run().workers().total()).isEqualTo(4);
    journal.run(new WorkersReopened(List.of("WORKER_001"), "me", journal.now(), List.of()));
    assertThat(run().workers().total()).isEqualTo(3);

    spawn(8);

    assertThat(run().workers().total()).isEqualTo(4);
    assertThat(run().workers().completed()).isZero();
    assertThat(worker(SUB).state()).isEqualTo(WorkerPhase.ENLISTED);
    settle(SUB, WorkerPhase.FAILED);
    assertThat(run().workers().failed()).isOne();
    assertThat(worker(SUB).state()).isEqualTo(WorkerPhase.FAILED);
  }
}
