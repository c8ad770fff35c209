package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunEvent.HoldEnded;
import dev.muster.protocol.run.RunEvent.ResultsNotWritten;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.worker.WorkerEvent.AttemptInterrupted;
import dev.muster.protocol.worker.WorkerEvent.Cancelled;
import dev.muster.protocol.worker.WorkerEvent.Failed;
import dev.muster.protocol.worker.WorkerEvent.OperationDecided;
import dev.muster.protocol.worker.WorkerEvent.OperationHeld;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class RunViewsTest extends RunViewsFixture {
  RunViewsTest(Vendor vendor) {
    super(vendor);
  }

  @Test
  void anUnknownRunIsNull() {
    assertThat(views.run("run_none")).isNull();
    assertThat(views.workers("run_none")).isNull();
    assertThat(views.worker(RUN, "WORKER_999")).isNull();
  }

  @Test
  void aNewRunWaits() {
    assertThat(run().state()).isEqualTo(RunPhase.RUNNING);
    assertThat(run().workers().waiting()).isEqualTo(3);
    assertThat(run().testPassRate()).isNull();
  }

  @Test
  void aRunIsToldFromCreationToItsEnd() {
    failAtTheSecondWorker();
    var run = run();
    assertThat(run.state()).isEqualTo(RunPhase.FAILED);
    assertThat(run.durationSeconds()).isEqualTo(10);
    assertThat(run.resumes()).isEqualTo(1);
    assertThat(run.workers().completed()).isEqualTo(1);
    assertThat(run.workers().failed()).isEqualTo(1);
    assertThat(run.workers().blocked()).isEqualTo(1);
    assertThat(run.successRate()).isEqualTo(0.333);
    assertThat(run.testPassRate()).isEqualTo(0.5);
    assertThat(run.waves().getFirst().settled()).isEqualTo(2);
    assertThat(worker("WORKER_003").detail()).isEqualTo("blocked: WORKER_002 is FAILED");
  }

  @Test
  void aRetryOpensTheRunAgain() {
    failAtTheSecondWorker();
    journal.run(new WorkersReopened(List.of("WORKER_002", "WORKER_003"), "me", journal.later(1)));
    assertThat(run().state()).isEqualTo(RunPhase.RUNNING);
    assertThat(run().finishedAt()).isNull();
    assertThat(run().workers().waiting()).isEqualTo(2);
    assertThat(run().waves().getFirst().settledAt()).as("a retry reopens no wave").isNotNull();
  }

  @Test
  void onlyWhatChangesThePlanChangesItsNumber() {
    var before = views.planNumber(RUN);
    failAtTheSecondWorker();
    assertThat(views.planNumber(RUN)).isEqualTo(before);
    journal.run(new WorkersReopened(List.of("WORKER_002"), "me", journal.later(1)));
    assertThat(views.planNumber(RUN)).isGreaterThan(before);
    assertThat(views.planNumber("run_none")).isZero();
  }

  @Test
  void nobodyIsLookedAtForModelsWhereNoneWasAsked() {
    failAtTheSecondWorker();
    assertThat(views.asking(RUN)).isEmpty();
    assertThat(views.used(RUN)).isEmpty();
  }

  @Test
  void aHeldOperationHoldsItsWorkerAndInTheEndTheRun() {
    start("WORKER_001");
    start("WORKER_002");
    journal.gate(
        new ApprovalRequested(
            "apr_1", operation("WORKER_001"), false, journal.now().plusSeconds(60), journal.now()));
    journal.worker(
        "WORKER_001",
        new OperationHeld(1, 1, 2, "apr_1", "file_delete", "e".repeat(64), journal.now()));
    assertThat(run().workers().held()).isEqualTo(1);
    assertThat(run().state()).isEqualTo(RunPhase.RUNNING);
    assertThat(worker("WORKER_001").detail()).contains("file_delete", "apr_1");
    complete("WORKER_002");
    assertThat(run().state()).isEqualTo(RunPhase.HELD);
    assertThat(run().approvals().pending()).isEqualTo(1);

    journal.gate(new ApprovalDecided("apr_1", Decision.REJECTED, "me", "no", journal.now()));
    journal.worker(
        "WORKER_001", new OperationDecided(1, "apr_1", Decision.REJECTED, "no", journal.now()));
    assertThat(run().approvals().rejected()).isEqualTo(1);
    var gates = ReadSide.of(journal.database(), journal::now).gates();
    assertThat(gates.of(RUN).getFirst().state()).isEqualTo(Approval.State.REJECTED);
  }

  @Test
  void whatPeopleTakeIsNotTheWorks() {
    start("WORKER_001");
    journal.later(2);
    journal.gate(
        new ApprovalRequested(
            "apr_1",
            operation("WORKER_001"),
            false,
            journal.now().plusSeconds(900),
            journal.now()));
    journal.worker(
        "WORKER_001",
        new OperationHeld(1, 1, 2, "apr_1", "file_delete", "e".repeat(64), journal.now()));
    journal.later(500);
    assertThat(worker("WORKER_001").durationSeconds()).isEqualTo(2);
    assertThat(run().waitedSeconds()).isEqualTo(500);

    journal.gate(new ApprovalDecided("apr_1", Decision.EXPIRED, "muster", "", journal.now()));
    journal.worker(
        "WORKER_001",
        new OperationDecided(1, "apr_1", Decision.EXPIRED, "", journal.now()),
        new Failed(1, "file_delete was EXPIRED", null, journal.now()));
    journal.later(40);
    assertThat(worker("WORKER_001").durationSeconds()).isEqualTo(2);
    assertThat(run().waitedSeconds()).isEqualTo(500);
    assertThat(run().workers().refused()).isOne();
  }

  @Test
  void whatBecameOfTheResultsIsKnownUntilTheRunEndsAgain() {
    journal.run(new ResultsNotWritten("/r/run_0001", "no space", journal.now()));
    assertThat(Objects.requireNonNull(run().results()).failure()).isEqualTo("no space");
    journal.run(new ResultsWritten("/r/run_0001", 0, List.of(), journal.now()));
    assertThat(Objects.requireNonNull(run().results()).written()).isTrue();
    journal.run(new RunFinished(RunPhase.FAILED, 1, journal.now()));
    assertThat(run().results()).isNull();
  }

  @Test
  void onlyAPauseOfTheWholeRunPausesIt() {
    journal.run(new RunPaused(List.of("WORKER_001"), "me", journal.now()));
    assertThat(run().state()).isEqualTo(RunPhase.RUNNING);
    journal.run(new RunPaused(List.of(), "me", journal.now()));
    assertThat(run().state()).isEqualTo(RunPhase.PAUSED);
    journal.run(new RunResumed(List.of(), "me", journal.now()));
    assertThat(run().state()).isEqualTo(RunPhase.RUNNING);
  }

  @Test
  void cancellingEndsAtOnceWhoeverWasNotReleased() {
    start("WORKER_001");
    journal.run(new RunCancelled(List.of(), "me", journal.now()));
    assertThat(run().workers().cancelled()).isEqualTo(2);
    assertThat(run().workers().running()).isEqualTo(1);
    assertThat(worker("WORKER_002").detail()).isEqualTo("cancelled by me");
    journal.worker("WORKER_001", new Cancelled("an operator cancelled it", journal.now()));
    assertThat(run().workers().cancelled()).isEqualTo(3);
  }

  @Test
  void holdsAreExplainedWhileTheyLastAndTimedAfterwards() {
    var reason = "wave 1 held: node-b memory 87.2% > 85%";
    journal.run(new HoldBegan(1, Hold.Kind.HEADROOM, reason, journal.now()));
    assertThat(run().holds()).containsExactly(new Hold(1, "wave 1", Hold.Kind.HEADROOM, reason));
    journal.run(new HoldEnded(1, Hold.Kind.HEADROOM, journal.later(7)));
    assertThat(run().holds()).isEmpty();
    assertThat(run().waves().getFirst().holds().getFirst().seconds()).isEqualTo(7);
    assertThat(run().headroom().closedSeconds()).isEqualTo(7);
  }

  @Test
  void retrospectivesAreCountedOncePerWorker() {
    var retrospective =
        new Retrospective(
            "WORKER_001", "T", WorkerPhase.COMPLETED, 1, 0, null, null, List.of(), List.of("x"));
    journal.run(new RetrospectiveStored(retrospective, journal.now()));
    journal.run(new RetrospectiveStored(retrospective, journal.now()));
    assertThat(run().retrospectives().stored()).isEqualTo(1);
  }

  private void failAtTheSecondWorker() {
    start("WORKER_001");
    assertThat(run().workers().running()).isEqualTo(1);
    journal.later(5);
    assertThat(worker("WORKER_001").durationSeconds()).isEqualTo(5);
    complete("WORKER_001");
    start("WORKER_002");
    journal.worker(
        "WORKER_002", new AttemptInterrupted(1, "node-a stopped", journal.now(), journal.now()));
    assertThat(worker("WORKER_002").interruptions()).isEqualTo(1);
    journal.worker(
        "WORKER_002", new Failed(2, "exit 1", receipt("exit 1", step("test 1", 1)), journal.now()));
    journal.run(
        new WorkerSettled(
            "WORKER_002", journal.status(WorkerPhase.FAILED, "exit 1"), journal.now()),
        new WaveSettled(1, journal.now()),
        new WorkerBlocked("WORKER_003", "WORKER_002 is FAILED", journal.now()),
        new RunContinued("node-b", journal.now()),
        new RunFinished(RunPhase.FAILED, 1, journal.later(5)));
  }
}
