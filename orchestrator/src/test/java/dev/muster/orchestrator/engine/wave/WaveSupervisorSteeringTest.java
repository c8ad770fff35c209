package dev.muster.orchestrator.engine.wave;

import static dev.muster.orchestrator.engine.wave.Plans.plan;
import static dev.muster.orchestrator.engine.wave.Plans.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WaveSupervisorSteeringTest {
  private static final ActorTestKit ACTORS = SupervisorHarness.actors();
  private static final RunPlan PLAN = plan(false, FailurePolicy.CONTINUE);
  private static final RunPlan PARALLEL =
      plan(
          List.of(planned("WORKER_001", 1), planned("WORKER_002", 1)),
          false,
          FailurePolicy.CONTINUE);

  private static final RunPlan CHAIN =
      plan(
          List.of(
              planned("WORKER_001", 1),
              planned("WORKER_002", 1, "WORKER_001"),
              planned("WORKER_003", 1)),
          false,
          FailurePolicy.CONTINUE);

  private final SupervisorHarness run = new SupervisorHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @Test
  void pausingTellsThoseUnderWayAndResumingTellsThemToGoOn() {
    run.begin(PARALLEL).told();
    assertThat(run.pause().getValue().phase()).isEqualTo(RunPhase.PAUSED);
    assertThat(run.told()).containsExactlyInAnyOrder("WORKER_001 PAUSE", "WORKER_002 PAUSE");
    run.resume();
    assertThat(run.told()).containsExactlyInAnyOrder("WORKER_001 RUN", "WORKER_002 RUN");
    run.pause("WORKER_002");
    assertThat(run.told()).containsExactlyInAnyOrder("WORKER_001 RUN", "WORKER_002 PAUSE");
  }

  @Test
  void whatIsSoAlreadyIsAcknowledgedAndNotJournalled() {
    run.begin(PLAN);
    run.pause();
    var journal = run.journal();
    assertThat(run.pause().isSuccess()).isTrue();
    assertThat(run.journal()).isEqualTo(journal);
    run.resume();
    journal = run.journal();
    assertThat(run.resume().isSuccess()).isTrue();
    assertThat(run.journal()).isEqualTo(journal);
  }

  @Test
  void aCancelledRunEndsOnceThoseUnderWayHaveEnded() {
    run.begin(PLAN).told();
    assertThat(run.cancel().getValue().counts().cancelled()).isEqualTo(1);
    assertThat(run.told()).containsExactly("WORKER_001 CANCEL");
    run.settle("WORKER_001", WorkerPhase.CANCELLED);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.CANCELLED);
  }

  @Test
  void whereNoNodeWorksACancelledRunEndsAtOnceAndItsApprovalsAreClosed() {
    run.begin(PARALLEL).toldGate();
    run.hosted = false;
    assertThat(run.cancel().getValue().phase()).isEqualTo(RunPhase.CANCELLED);
    assertThat(run.describe().counts().cancelled()).isEqualTo(2);
    assertThat(run.closed()).contains("[] its run was cancelled");
    assertThat(run.settled).containsExactlyInAnyOrder("WORKER_001", "WORKER_002");
  }

  @Test
  void whereNoNodeWorksOnlyTheCancelledWorkersEnd() {
    run.begin(PARALLEL).toldGate();
    run.hosted = false;
    assertThat(run.cancel("WORKER_001").getValue().phase()).isEqualTo(RunPhase.RUNNING);
    assertThat(run.carried().member("WORKER_001").phase()).isEqualTo(WorkerPhase.CANCELLED);
    assertThat(run.carried().member("WORKER_002").underWay()).isTrue();
    assertThat(run.closed()).containsExactly("[WORKER_001] it was cancelled");
  }

  @Test
  void aRunThatHasEndedClosesWhatIsUndecidedAlsoWhenItIsRecovered() {
    run.begin(PARALLEL);
    run.settle("WORKER_001", WorkerPhase.FAILED);
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    assertThat(run.closed()).containsExactly("[] its run has ended: FAILED");
    run.restart();
    assertThat(run.closed()).containsExactly("[] its run has ended: FAILED");
  }

  @Test
  void aGatedWaveLaunchedByHandClosesItsRequest() {
    run.begin(plan(true, FailurePolicy.CONTINUE));
    run.answerUndecided(1, "apr_1");
    run.toldGate();
    assertThat(run.launch(1).isSuccess()).isTrue();
    assertThat(run.closed()).contains("[wave 1] launched by me");
    run.decide("apr_1", Decision.CLOSED);
    assertThat(run.gateOf(1).decision()).isEqualTo(Decision.APPROVED);
  }

  @Test
  void aRetryAsksAnewForAWaveThatNobodyHadDecided() {
    run.begin(plan(true, FailurePolicy.CONTINUE));
    run.answerUndecided(1, "apr_1");
    run.cancel();
    run.retry();
    assertThat(run.gateOf(1)).isEqualTo(WaveGate.UNASKED);
    run.toldGate();
    run.goOn();
    assertThat(run.toldGate()).hasAtLeastOneElementOfType(ApprovalCommand.Request.class);
  }

  @Test
  void aRunThatIsOnlyLookedAtSaysSo() {
    run.begin(PLAN);
    assertThat(run.describe().carried()).isTrue();
    run.restart();
    assertThat(run.describe().carried()).isFalse();
  }

  @Test
  void aRetryReopensWhatFailedAndItsRunGoesOnAgain() {
    run.begin(PARALLEL);
    run.settle("WORKER_001", WorkerPhase.FAILED);
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    assertThat(run.carried().finished()).isTrue();
    run.restart();
    run.toldGate();
    run.told();
    assertThat(run.retry("WORKER_001").getValue().phase()).isEqualTo(RunPhase.RUNNING);
    assertThat(run.toldGate()).hasAtLeastOneElementOfType(ApprovalCommand.Open.class);
    run.goOn();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    assertThat(run.summaries).containsExactly(RunPhase.FAILED, RunPhase.COMPLETED);
  }

  @Test
  void aNewTextReopensItsWorkerAndAllThatRestsOnItAndKeepsTheOthers() {
    run.begin(CHAIN);
    for (var id : List.of("WORKER_001", "WORKER_002", "WORKER_003")) {
      run.settle(id, WorkerPhase.COMPLETED);
    }
    assertThat(run.describe().phase()).isEqualTo(RunPhase.COMPLETED);
    run.told();
    assertThat(run.refresh(text("WORKER_001", "d")).isError()).as("the text it has").isTrue();
    assertThat(run.refresh(text("WORKER_001", "new")).getValue().phase())
        .isEqualTo(RunPhase.RUNNING);
    run.goOn();
    assertThat(run.assigned.getFirst().assignment().instructionDigest()).isEqualTo("new");
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    assertThat(run.told()).as("it rests on the first").containsExactly("WORKER_002 RUN");
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.COMPLETED);
    assertThat(run.carried().member("WORKER_003").epoch()).as("kept").isZero();
  }

  @Test
  void whatAnEarlierRunHasDoneIsNotDoneAgain() {
    run.createWith(CHAIN, "WORKER_001", "WORKER_003").goOn();
    assertThat(run.told()).containsExactly("WORKER_002 RUN");
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.COMPLETED);
  }

  @Test
  void aRunOfWhichEverythingIsDoneEndsAtOnce() {
    run.createWith(CHAIN, "WORKER_001", "WORKER_002", "WORKER_003");
    assertThat(run.describe().phase()).isEqualTo(RunPhase.COMPLETED);
    assertThat(run.settled).containsExactly("WORKER_001", "WORKER_002", "WORKER_003");
    assertThat(run.summaries).containsExactly(RunPhase.COMPLETED);
    run.restart();
    run.look();
    assertThat(run.summaries).as("once").containsExactly(RunPhase.COMPLETED);
  }

  @Test
  void aNewTextWaitsForWhatIsUnderWay() {
    run.begin(CHAIN);
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    assertThat(refused(run.refresh(text("WORKER_001", "new"))))
        .contains("Expected nothing under way")
        .contains("WORKER_002 is");
  }

  private static Planned text(String worker, String digest) {
    return new Planned(worker, worker, 1, digest, List.of(), null);
  }

  @Test
  void aWaveThatIsHeldIsLaunchedByHand() {
    run.begin(plan(false, FailurePolicy.STOP));
    run.settle("WORKER_001", WorkerPhase.FAILED);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.HELD);
    run.told();
    assertThat(run.launch(2).isSuccess()).isTrue();
    run.look();
    assertThat(run.told()).containsExactly("WORKER_002 RUN");
  }

  @Test
  void everyRefusalSaysWhatWasExpectedAndWhatWasFound() {
    run.begin(plan(false, FailurePolicy.STOP));
    assertThat(refused(run.pause("WORKER_009")))
        .isEqualTo("Expected workers of %s, but it has no WORKER_009.", run.run);
    assertThat(refused(run.resume("WORKER_009"))).startsWith("Expected workers of");
    assertThat(refused(run.cancel("WORKER_009"))).startsWith("Expected workers of");
    assertThat(refused(run.retry("WORKER_009"))).startsWith("Expected workers of");
    assertThat(refused(run.retry()))
        .isEqualTo("Expected failed or cancelled workers to retry, but %s has none.", run.run);
    assertThat(refused(run.retry("WORKER_001"))).endsWith("has none among those named.");
    assertThat(refused(run.launch(7)))
        .isEqualTo("Expected a wave of %s, one of [1, 2], but found 7.", run.run);
    assertThat(refused(run.launch(1)))
        .startsWith("Expected a wave that is held, but wave 1 was released at 2026-01-01T");
    assertThat(refused(run.launch(2)))
        .isEqualTo(
            "Expected every wave before 2 to have settled, but there is wave 1, in which 1 of 1"
                + " workers has not settled.");
    run.settle("WORKER_001", WorkerPhase.FAILED);
    run.slots(0);
    assertThat(refused(run.launch(2)))
        .isEqualTo("Expected headroom for wave 2, but node-a CPU 99% ≥ 80%.");
    run.cancel();
    var over = "Expected a run that goes on, but %s is CANCELLED.".formatted(run.run);
    assertThat(refused(run.pause())).isEqualTo(over);
    assertThat(refused(run.resume())).isEqualTo(over);
    assertThat(refused(run.cancel())).isEqualTo(over);
    assertThat(refused(run.launch(2))).isEqualTo(over);
  }

  private static String refused(StatusReply<RunStatus> reply) {
    assertThat(reply.isError()).isTrue();
    return String.valueOf(reply.getError().getMessage());
  }
}
