package dev.muster.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Completed;
import dev.muster.node.worker.WorkerState.Failed;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Rehearsed;
import dev.muster.node.worker.WorkerState.Running;
import dev.muster.node.worker.WorkerState.Settled;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import dev.muster.protocol.worker.WorkerEvent.StepFinished;
import dev.muster.protocol.worker.WorkerEvent.ValidationStarted;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerTest {
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
  void assigningStartsTheFirstAttemptAndTellsTheRun() {
    worker.assign(Wish.RUN);

    assertThat(worker.state()).isInstanceOf(Running.class);
    assertThat(worker.executor.expectMessageClass(Executor.Execute.class).attempt()).isEqualTo(1);
    assertThat(worker.reported(1).phase()).isEqualTo(WorkerPhase.RUNNING);
  }

  @Test
  void assigningTwiceIsHarmlessAndAsksForTheAttempt() {
    worker.assign(Wish.RUN);
    assertThat(worker.assign(Wish.RUN).hasNoEvents()).isTrue();
    worker.executor.expectMessageClass(Executor.Execute.class);
    worker.executor.expectMessageClass(Executor.AskFor.class);
  }

  @Test
  void whatIsMeantForAnotherWorkerIsIgnored() {
    assertThat(worker.assignTo("run_1", "WORKER_002").hasNoEvents()).isTrue();
    assertThat(worker.assignTo("run_2", "WORKER_001").hasNoEvents()).isTrue();
    assertThat(worker.state()).isInstanceOf(WorkerState.Idle.class);
    worker.executor.expectNoMessage();
    assertThat(worker.assign(Wish.RUN).hasNoEvents()).isFalse();
  }

  @Test
  void anOlderWishIsIgnored() {
    worker.assign(Wish.RUN);
    worker.assign(Wish.PAUSE);
    assertThat(worker.assignAt(1, 0, Wish.RUN).hasNoEvents()).isTrue();
    assertThat(worker.state()).isInstanceOf(Paused.class);
  }

  @Test
  void onlyAReceiptCompletesAWorkerAndOnlyOnce() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, new AttemptReport.Validating());
    worker.report(1, 2, new AttemptReport.Succeeded(WorkerHarness.RECEIPT));
    assertThat(worker.state()).isInstanceOf(Completed.class);

    var again = worker.report(1, 3, new AttemptReport.Succeeded(WorkerHarness.RECEIPT));
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(worker.assignAt(100, 5, Wish.RUN).hasNoEvents()).isTrue();
  }

  @Test
  void theEndOfTheLastBlockAndTheBeginningOfTheTestsAreJournalledAtOnce() {
    worker.assign(Wish.RUN);
    var told = worker.report(1, 1, new AttemptReport.ValidatingAfter(WorkerHarness.BLOCK));
    assertThat(told.events())
        .hasSize(2)
        .hasAtLeastOneElementOfType(StepFinished.class)
        .hasAtLeastOneElementOfType(ValidationStarted.class);
    assertThat(worker.state()).isInstanceOf(WorkerState.Validating.class);
    var again = worker.report(1, 1, new AttemptReport.ValidatingAfter(WorkerHarness.BLOCK));
    assertThat(again.hasNoEvents()).isTrue();
  }

  @Test
  void aReportOfAnOldAttemptChangesNothing() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, new AttemptReport.Interrupted("lost"));
    worker.backoffElapsed(1);
    var late = worker.report(1, 2, new AttemptReport.Succeeded(WorkerHarness.RECEIPT));
    assertThat(late.hasNoEvents()).isTrue();
    assertThat(worker.state()).isInstanceOf(Running.class);
  }

  @Test
  void aRepeatedReportIsAcknowledgedAndTakenOnce() {
    worker.assign(Wish.RUN);
    assertThat(worker.report(1, 1, WorkerHarness.STEP).hasNoEvents()).isFalse();
    assertThat(worker.report(1, 1, WorkerHarness.STEP).hasNoEvents()).isTrue();
    worker.acknowledged.expectMessageClass(org.apache.pekko.Done.class);
    worker.acknowledged.expectMessageClass(org.apache.pekko.Done.class);
  }

  @Test
  void threeFailedTriesFailIt() {
    worker.assign(Wish.RUN);
    for (var attempt = 1; attempt <= 3; attempt++) {
      assertThat(worker.state()).isInstanceOf(Running.class);
      worker.report(attempt, 1, new AttemptReport.Unsuccessful("exit 1", true, null));
      worker.backoffElapsed(attempt);
    }
    assertThat(worker.state()).isInstanceOf(Failed.class);
  }

  @Test
  void interruptionsAreNotTriesButTwentyOneFailIt() {
    worker.assign(Wish.RUN);
    for (var attempt = 1; attempt <= Life.INTERRUPTIONS_MAX; attempt++) {
      worker.report(attempt, 1, new AttemptReport.Interrupted("node stopped"));
      assertThat(worker.state()).isInstanceOf(Backoff.class);
      worker.backoffElapsed(attempt);
    }
    worker.report(Life.INTERRUPTIONS_MAX + 1, 1, new AttemptReport.Interrupted("node stopped"));
    assertThat(worker.state()).isInstanceOf(Failed.class);
  }

  @Test
  void pausingKillsTheAttemptAndContinuingStartsTheNext() {
    worker.assign(Wish.RUN);
    worker.executor.expectMessageClass(Executor.Execute.class);
    worker.assign(Wish.PAUSE);
    worker.executor.expectMessage(new Executor.Cancel(WorkerHarness.ENTITY, 1));
    worker.assign(Wish.RUN);
    assertThat(worker.executor.expectMessageClass(Executor.Execute.class).attempt()).isEqualTo(2);
  }

  @Test
  void aRetryReopensAFailedWorkerWithFreshTries() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, new AttemptReport.Unsuccessful("no", false, null));
    assertThat(worker.state()).isInstanceOf(Failed.class);
    worker.assignAt(50, 1, Wish.RUN);
    assertThat(worker.state())
        .isInstanceOfSatisfying(Running.class, it -> assertThat(it.life().failures()).isEmpty());
  }

  @Test
  void aRehearsalExecutesNothingAndSaysSo() {
    worker.rehearse().assign(Wish.RUN);
    assertThat(worker.state()).isInstanceOf(Rehearsed.class);
    worker.executor.expectNoMessage();
  }

  @Test
  void recoveryOnTheSameIncarnationAsksForTheAttempt() {
    worker.assign(Wish.RUN);
    worker.executor.expectMessageClass(Executor.Execute.class);
    worker.restart();
    worker.executor.expectMessage(new Executor.Cancel(WorkerHarness.ENTITY, 1));
    assertThat(worker.executor.expectMessageClass(Executor.AskFor.class).attempt()).isEqualTo(1);
  }

  @Test
  void recoveryElsewhereInterruptsTheAttemptAndTriesAgain() {
    worker.assign(Wish.RUN);
    worker.restartOnAnotherIncarnation();
    worker.settleDown();
    assertThat(worker.state())
        .isInstanceOfSatisfying(
            Backoff.class, it -> assertThat(it.life().interruptions()).isEqualTo(1));
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 10));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCrashAfterAnyStepLosesNothing(long seed) {
    var random = new SplittableRandom(seed);
    var completions = 0;
    for (var step = 0; step < 40; step++) {
      var settledBefore = worker.state() instanceof Settled;
      worker.anyCommand(random);
      var before = worker.state();
      if (before instanceof Completed && !settledBefore) completions++;
      worker.restart();
      assertThat(worker.state()).as("seed %d, step %d", seed, step).isEqualTo(before);
    }
    assertThat(completions).as("seed %d", seed).isLessThanOrEqualTo(1);
  }

  @Test
  void everyStateMeetsEveryCommandAndNoneBreaksIt() {
    Set<String> walked = new HashSet<>();
    for (var seed = 0L; seed < 120; seed++) {
      try (var walker = new WorkerHarness(ACTORS)) {
        if (seed % 5 == 0) walker.rehearse();
        var random = new SplittableRandom(seed);
        for (var step = 0; step < 60; step++) {
          var from = walker.state().getClass().getSimpleName();
          walked.add(from + " " + walker.anyCommand(random));
        }
      }
    }
    var states =
        Set.of(
            "Idle",
            "Running",
            "Validating",
            "AwaitingApproval",
            "Backoff",
            "Paused",
            "Completed",
            "Failed",
            "Cancelled",
            "Rehearsed");
    for (var state : states) {
      for (var command : WorkerHarness.COMMANDS) {
        assertThat(walked).contains(state + " " + command);
      }
    }
  }

  @Test
  void aReceiptThatTheNodeOfTheAttemptDoesNotVouchForIsNotBelieved() {
    worker.assign(Wish.RUN);
    var none = new AttemptReport.Succeeded(WorkerHarness.RECEIPT);
    assertThat(worker.reportAsIs(1, 1, none).hasNoEvents()).isTrue();
    var ofAnother = new AttemptReport.Succeeded(worker.attested(2, WorkerHarness.RECEIPT));
    assertThat(worker.reportAsIs(1, 1, ofAnother).hasNoEvents()).isTrue();
    assertThat(worker.refused).hasSize(2);
    var own = new AttemptReport.Succeeded(worker.attested(1, WorkerHarness.RECEIPT));
    assertThat(worker.reportAsIs(1, 1, own).hasNoEvents()).isFalse();
  }
}
