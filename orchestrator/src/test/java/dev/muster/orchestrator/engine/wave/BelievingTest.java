package dev.muster.orchestrator.engine.wave;

import static dev.muster.orchestrator.engine.wave.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A run believes that a worker has settled when that is so, whoever says it.
class BelievingTest {
  private static final ActorTestKit ACTORS = SupervisorHarness.actors();
  private static final String ID = "WORKER_001";

  private final SupervisorHarness run =
      new SupervisorHarness(ACTORS).begin(plan(false, FailurePolicy.CONTINUE));

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private void say(WorkerPhase phase) {
    run.report(ID, 0, phase);
    run.look();
  }

  private void nothingCameOfIt() {
    assertThat(run.count(WorkerSettled.class)).isZero();
    assertThat(run.settled).isEmpty();
    assertThat(run.told()).doesNotContain("WORKER_002 RUN");
  }

  @Test
  void whatIsNotSoSettlesNothing() {
    run.truth = _ -> CompletableFuture.completedFuture(false);
    for (var phase : WorkerPhase.values()) {
      if (phase.settled()) say(phase);
    }
    nothingCameOfIt();
  }

  @Test
  void whoeverWasNotBelievedIsOnceItIsSo() {
    run.truth = _ -> CompletableFuture.completedFuture(false);
    say(WorkerPhase.COMPLETED);
    nothingCameOfIt();
    run.truth = _ -> CompletableFuture.completedFuture(true);
    say(WorkerPhase.COMPLETED);
    assertThat(run.count(WorkerSettled.class)).isOne();
  }

  @Test
  void aLookThatFailsSettlesNothingAndTheNextOneMay() {
    run.truth = _ -> CompletableFuture.failedFuture(new IllegalStateException("no database"));
    say(WorkerPhase.COMPLETED);
    nothingCameOfIt();
    run.truth = _ -> CompletableFuture.completedFuture(true);
    say(WorkerPhase.COMPLETED);
    assertThat(run.count(WorkerSettled.class)).isOne();
  }

  @Test
  void untilTheAnswerIsThereNothingIsSettledAndThenWithoutBeingToldAgain() {
    var answer = new CompletableFuture<Boolean>();
    run.truth = _ -> answer;
    say(WorkerPhase.COMPLETED);
    nothingCameOfIt();
    answer.complete(true);
    Awaitility.await()
        .untilAsserted(() -> {
          run.tell(new RunCommand.Tick());
          assertThat(run.count(WorkerSettled.class)).isOne();
        });
  }

  @Test
  void aLateAnswerForOneReportIsGoodForNoOther() {
    var answer = new CompletableFuture<Boolean>();
    run.truth =
        report ->
            report.status().phase() == WorkerPhase.FAILED
                ? answer
                : CompletableFuture.completedFuture(false);
    say(WorkerPhase.FAILED);
    say(WorkerPhase.COMPLETED); // while the other is being looked at
    nothingCameOfIt();
    answer.complete(true);
    Awaitility.await()
        .untilAsserted(() -> {
          run.tell(new RunCommand.Tick());
          assertThat(run.journal())
              .filteredOn(WorkerSettled.class::isInstance)
              .singleElement()
              .matches(it -> ((WorkerSettled) it).status().phase() == WorkerPhase.FAILED);
        });
  }

  @Test
  void anAnswerIsGoodOnceAndForgottenWithItsReport() {
    var asked = new AtomicInteger();
    var answers = new ArrayDeque<CompletableFuture<Boolean>>();
    run.truth =
        _ -> {
          asked.incrementAndGet();
          var answer = new CompletableFuture<Boolean>();
          answers.add(answer);
          return answer;
        };
    TestProbe<RunCommand> told = ACTORS.createTestProbe();
    var believing = new Believing("run_1", run, new Inheritance(_ -> {}), told.ref());
    var report = run.reported(ID, 0, WorkerPhase.COMPLETED);

    assertThat(believing.isTrue(run.carried(), report)).isFalse();
    answers.remove().complete(true);
    told.expectMessage(report);
    assertThat(believing.isTrue(run.carried(), report)).isTrue();

    assertThat(believing.isTrue(run.carried(), report)).as("asked anew").isFalse();
    answers.remove().complete(true);
    told.expectMessage(report);
    believing.forget(report);
    assertThat(believing.isTrue(run.carried(), report)).as("nothing is known of it").isFalse();
    assertThat(asked).hasValue(3);
  }

  @Test
  void aLateNoLeavesTheWorkerAskable() {
    var answer = new CompletableFuture<Boolean>();
    run.truth = _ -> answer;
    say(WorkerPhase.COMPLETED);
    answer.complete(false);
    run.look();
    nothingCameOfIt();
    run.truth = _ -> CompletableFuture.completedFuture(true);
    say(WorkerPhase.COMPLETED);
    assertThat(run.count(WorkerSettled.class)).isOne();
  }
}
