package dev.muster.orchestrator.engine.wave;

import static dev.muster.orchestrator.engine.wave.Plans.plan;
import static dev.muster.orchestrator.engine.wave.Plans.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Create;
import dev.muster.protocol.run.RunCommand.GateReady;
import dev.muster.protocol.run.RunCommand.Remind;
import dev.muster.protocol.run.RunCommand.Wake;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WaveSupervisorTest {
  private static final ActorTestKit ACTORS = SupervisorHarness.actors();
  private static final RunPlan PLAN = plan(false, FailurePolicy.CONTINUE);
  private static final RunPlan GATED = plan(true, FailurePolicy.CONTINUE);
  private static final RunPlan PARALLEL =
      plan(
          List.of(planned("WORKER_001", 1), planned("WORKER_002", 1)),
          false,
          FailurePolicy.CONTINUE);
  private static final String APPROVAL = "apr_1_wave";

  private final SupervisorHarness run = new SupervisorHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  // --- beginning ---

  @Test
  void creatingTwiceIsHarmless() {
    run.create(PLAN);
    var journal = run.journal();
    var again = run.ask(to -> new Create(run.store(GATED), Simulation.settings(), to));
    assertThat(again.getValue().run()).isEqualTo(run.run);
    assertThat(run.journal()).isEqualTo(journal);
  }

  @Test
  void nothingIsReleasedBeforeTheGateIsOpen() {
    run.create(PLAN);
    run.slots(4);
    run.look();
    assertThat(run.journal()).hasSize(1);
    run.goOn();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
  }

  @Test
  void nothingIsReleasedBeforeANodeHasHeadroom() {
    run.create(PLAN);
    run.tell(new GateReady());
    run.slots(0);
    run.look();
    assertThat(run.told()).isEmpty();
    assertThat(run.describe().holds().getFirst().reason()).isEqualTo("node-a CPU 99% ≥ 80%");
    run.slots(1);
    run.look();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
  }

  @Test
  void whatTheGateAndTheNodesAnswerReachesIt() {
    run.create(GATED);
    var open = run.gate.expectMessageClass(ApprovalCommand.Open.class);
    assertThat(open.policy()).isEqualTo(Simulation.settings().approve());
    open.replyTo().tell(Done.getInstance());
    var subscribe = (HeadroomCommand.Subscribe) run.headroom.getFirst();
    subscribe.subscriber().tell(Nodes.view(4));

    var request = run.gate.expectMessageClass(ApprovalCommand.Request.class);
    assertThat(request.operation().consequence())
        .isEqualTo("Wave 1 (first) of w begins: 1 workers are released.");
    request.replyTo().tell(StatusReply.success(run.view(1, APPROVAL)));
    Awaitility.await().until(() -> APPROVAL.equals(run.gateOf(1).approval()));
  }

  // --- being deleted ---

  @Test
  void onlyARunThatHasEndedIsForgotten() {
    run.begin(PLAN);
    assertThat(run.forget().isError()).isTrue();
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    var journal = run.journal();
    assertThat(run.forget().isSuccess()).isTrue();
    assertThat(run.journal()).isEqualTo(journal);
  }

  // --- workers ---

  @Test
  void aReleasedWorkerIsToldOnceAndAgainWithEveryReminder() {
    run.begin(PLAN);
    run.look();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
    run.tell(new Remind());
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    run.tell(new Remind());
    assertThat(run.told()).containsExactly("WORKER_002 RUN", "WORKER_002 RUN");
  }

  @Test
  void aReportSettlesAWorkerOnce() {
    run.begin(PLAN);
    run.report("WORKER_001", 0, WorkerPhase.COMPLETED);
    run.report("WORKER_001", 0, WorkerPhase.FAILED);
    run.report("WORKER_009", 0, WorkerPhase.FAILED);
    assertThat(run.count(WorkerSettled.class)).isEqualTo(1);
    assertThat(run.count(RetrospectiveStored.class)).isEqualTo(1);
    assertThat(run.settled).containsExactly("WORKER_001");
    assertThat(run.remembered).containsExactly("WORKER_001");
    assertThat(run.carried().member("WORKER_001").satisfied()).isTrue();
  }

  @Test
  void aLateReportOfAnEarlierEpochChangesNothing() {
    run.begin(PLAN);
    run.settle("WORKER_001", WorkerPhase.FAILED);
    run.retry();
    run.goOn();
    var before = run.state();
    run.report("WORKER_001", 0, WorkerPhase.COMPLETED);
    run.report("WORKER_001", 0, WorkerPhase.AWAITING_APPROVAL);
    assertThat(run.state()).isEqualTo(before);
    assertThat(run.describe().counts().held()).isZero();
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    assertThat(run.carried().member("WORKER_001").satisfied()).isTrue();
  }

  // --- gates of waves ---

  @Test
  void aGatedWaveIsAskedForAndReleasedOnceItIsApproved() {
    run.begin(GATED);
    assertThat(run.toldGate()).hasAtLeastOneElementOfType(ApprovalCommand.Request.class);
    run.answerUndecided(1, APPROVAL);
    run.toldGate();
    run.look();
    assertThat(run.toldGate()).doesNotHaveAnyElementsOfTypes(ApprovalCommand.Request.class);
    assertThat(run.describe().phase()).isEqualTo(RunPhase.HELD);
    run.decide("apr_1_other", Decision.APPROVED);
    assertThat(run.told()).isEmpty();
    run.decide(APPROVAL, Decision.APPROVED);
    run.decide(APPROVAL, Decision.REJECTED);
    run.look();
    assertThat(run.count(WaveGateDecided.class)).isEqualTo(1);
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
  }

  @Test
  void aGateThatDecidesAtOnceIsBelieved() {
    run.begin(GATED);
    run.answer(1, APPROVAL, Decision.AUTO_APPROVED);
    run.look();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
  }

  @Test
  void anAnswerThatComesAfterTheLaunchTakesNothingBack() {
    run.begin(GATED);
    run.launch(1);
    run.answerUndecided(1, APPROVAL);
    run.look();
    assertThat(run.gateOf(1).allows()).isTrue();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
  }

  @Test
  void aDecisionThatWasNotHeardIsAskedForAgain() {
    run.begin(GATED);
    run.answerUndecided(1, APPROVAL);
    run.toldGate();
    run.tell(new Remind());
    assertThat(run.watched()).containsExactly(APPROVAL);
    run.restart();
    assertThat(run.watched()).isEmpty();
    run.tell(new Wake());
    assertThat(run.watched()).containsExactly(APPROVAL);
    run.decide(APPROVAL, Decision.APPROVED);
    run.tell(new Remind());
    assertThat(run.watched()).isEmpty();
  }

  // --- after a crash ---

  @Test
  void afterACrashNothingGoesOnUntilItIsWokenOnce() {
    run.begin(PARALLEL).told();
    run.restart();
    run.goOn();
    run.tell(new Remind());
    assertThat(run.told()).isEmpty();
    assertThat(run.describe().phase()).isEqualTo(RunPhase.RUNNING);

    run.tell(new Wake());
    run.tell(new Wake());
    assertThat(run.count(RunContinued.class)).isEqualTo(1);
    assertThat(run.told()).containsExactlyInAnyOrder("WORKER_001 RUN", "WORKER_002 RUN");
    assertThat(run.describe().resumes()).isEqualTo(1);
  }

  @Test
  void whoAsksForItToBeResumedTakesItUp() {
    run.begin(PLAN).told();
    run.restart();
    run.goOn();
    assertThat(run.resume().isSuccess()).isTrue();
    assertThat(run.told()).containsExactly("WORKER_001 RUN");
    assertThat(run.describe().resumes()).isEqualTo(1);
    assertThat(run.resume().isSuccess()).isTrue();
    assertThat(run.describe().resumes()).as("it is taken up already").isEqualTo(1);
  }

  // --- summaries ---

  @Test
  void aSummaryIsDueOnceEachTimeItIsHeldAndOnceWhenItEnds() {
    run.begin(PLAN);
    for (var time = 0; time < 2; time++) {
      run.report("WORKER_001", 0, WorkerPhase.AWAITING_APPROVAL);
      run.look();
      run.look();
      run.report("WORKER_001", 0, WorkerPhase.RUNNING);
      run.look();
    }
    assertThat(run.summaries).containsExactly(RunPhase.HELD, RunPhase.HELD);
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    run.look();
    assertThat(run.summaries).containsExactly(RunPhase.HELD, RunPhase.HELD, RunPhase.COMPLETED);
  }

  /// Or its results would be written anew, also into a folder that somebody has removed.
  @Test
  void aRunThatHadEndedIsNotSummarisedAgainSinceSomebodyTagsIt() {
    run.begin(PLAN);
    run.settle("WORKER_001", WorkerPhase.COMPLETED);
    run.settle("WORKER_002", WorkerPhase.COMPLETED);
    run.look();
    run.restart();
    assertThat(run.ask(to -> new RunCommand.Tag(List.of("keep"), List.of(), "me", to)).isSuccess())
        .isTrue();
    run.look();
    assertThat(run.summaries).containsExactly(RunPhase.COMPLETED);
  }
}
