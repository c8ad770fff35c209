package dev.muster.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Cancelled;
import dev.muster.node.worker.WorkerState.Failed;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Running;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import dev.muster.protocol.worker.WorkerPhase;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A worker that waits for a decision or an answer.
class WaitingWorkerTest {
  private static final ActorTestKit ACTORS = WorkerHarness.actors();

  private final WorkerHarness worker = new WorkerHarness(ACTORS);

  @AfterEach
  void stop() {
    worker.close();
  }

  @AfterAll
  static void stopActors() {
    ACTORS.shutdownTestKit();
  }

  @Test
  void whileItWaitsForADecisionItsGateIsWatched() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    assertThat(worker.state()).isInstanceOf(AwaitingApproval.class);
    worker.gate.expectMessage(new ApprovalCommand.Watch("apr_1_a"));
    assertThat(worker.reported(2).phase()).isEqualTo(WorkerPhase.AWAITING_APPROVAL);
  }

  @Test
  void aQuestionIsWaitedForAndNobodysAnswerLetsItGoOn() {
    worker.assign(Wish.RUN);
    worker.executor.expectMessageClass(Executor.Execute.class);
    worker.report(1, 1, new AttemptReport.NeedsDecision(4, "apr_1_q", "question", "d", null));
    assertThat(worker.reported(2).phase()).isEqualTo(WorkerPhase.AWAITING_ANSWER);
    worker.decided("apr_1_q", Decision.EXPIRED);
    assertThat(worker.state()).isInstanceOf(Running.class);
    assertThat(worker.executor.expectMessageClass(Executor.Execute.class).attempt()).isEqualTo(1);

    worker.report(1, 2, new AttemptReport.NeedsDecision(9, "apr_1_r", "agent_budget", "d", null));
    worker.decided("apr_1_r", Decision.EXPIRED);
    assertThat(worker.state()).isInstanceOf(Failed.class);
  }

  @Test
  void anApprovalContinuesTheSameAttemptAtTheSameBlock() {
    worker.assign(Wish.RUN);
    worker.executor.expectMessageClass(Executor.Execute.class);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.decided("apr_1_a", Decision.APPROVED);

    var execute = worker.executor.expectMessageClass(Executor.Execute.class);
    assertThat(execute.attempt()).isEqualTo(1);
    assertThat(execute.fromOrdinal()).isEqualTo(2);
    assertThat(execute.firstNumber()).isEqualTo(2);
  }

  @Test
  void anApprovalAfterTheNodeWentStartsAnotherAttempt() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.restartOnAnotherIncarnation();
    worker.decided("apr_1_a", Decision.APPROVED);
    assertThat(worker.state())
        .isInstanceOfSatisfying(
            Running.class,
            it -> {
              assertThat(it.life().attempt()).isEqualTo(2);
              assertThat(it.ordinal()).isEqualTo(1);
              assertThat(it.life().frozen()).isEqualTo(WorkerHarness.FROZEN);
              assertThat(it.life().interruptions())
                  .as("somebody looked after it since")
                  .isEqualTo(1);
            });
  }

  @Test
  void whatWasAskedAboutIsHandedToTheAttemptsAfterIt() {
    worker.assign(Wish.RUN);
    assertThat(worker.executor.expectMessageClass(Executor.Execute.class).frozen()).isNull();
    worker.report(1, 1, WorkerHarness.HELD);
    worker.decided("apr_1_a", Decision.APPROVED);
    assertThat(worker.executor.expectMessageClass(Executor.Execute.class).frozen())
        .isEqualTo(WorkerHarness.FROZEN);
  }

  @Test
  void rejectionAndExpiryFailWithoutARetry() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.decided("apr_1_other", Decision.REJECTED);
    assertThat(worker.state()).isInstanceOf(AwaitingApproval.class);
    worker.decided("apr_1_a", Decision.EXPIRED);
    assertThat(worker.state())
        .isInstanceOfSatisfying(Failed.class, it -> assertThat(it.reason()).contains("EXPIRED"));
  }

  @Test
  void aPausedWaiterWaitsAgainWhenItIsContinued() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.assign(Wish.PAUSE);
    assertThat(worker.state()).isInstanceOf(Paused.class);
    worker.assign(Wish.RUN);
    assertThat(worker.state()).isInstanceOf(AwaitingApproval.class);
  }

  @Test
  void cancellingAWaiterWithdrawsItsRequest() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.gate.expectMessageClass(ApprovalCommand.Watch.class);
    worker.assign(Wish.CANCEL);
    assertThat(worker.state()).isInstanceOf(Cancelled.class);
    assertThat(worker.gate.expectMessageClass(ApprovalCommand.Close.class).askers())
        .containsExactly("WORKER_001");
  }

  @Test
  void aWaiterWhoseRequestWasClosedIsCancelledAndHasNotFailed() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.decided("apr_1_a", Decision.CLOSED);
    assertThat(worker.state())
        .isInstanceOfSatisfying(
            Cancelled.class, it -> assertThat(it.reason()).isEqualTo("because"));
  }

  @Test
  void aRetryReopensAWaiterThatWasCancelledWhileNobodyCouldTellIt() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.assignAt(50, 1, Wish.RUN);
    assertThat(worker.state())
        .isInstanceOfSatisfying(
            Running.class,
            it -> {
              assertThat(it.life().epoch()).isEqualTo(1);
              assertThat(it.life().attempt()).isEqualTo(2);
            });
  }
}
