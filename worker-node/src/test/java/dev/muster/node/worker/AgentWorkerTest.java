package dev.muster.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.executor.Executor;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a worker remembers of its agent.
class AgentWorkerTest {
  private static final ActorTestKit ACTORS = WorkerHarness.actors();
  private static final Frozen LEFT = new Frozen(2, 1, "basis", "manifest");

  private WorkerHarness worker;

  @AfterAll
  static void shutdown() {
    ACTORS.shutdownTestKit();
  }

  @BeforeEach
  void open() {
    worker = new WorkerHarness(ACTORS);
    worker.assign(Wish.RUN);
    worker.executor.expectMessageClass(Executor.Execute.class);
  }

  @AfterEach
  void close() {
    worker.close();
  }

  private static AttemptReport step(int ordinal, @Nullable Frozen left) {
    var use = new AgentStep.Use("p", "o", "m", 90, 10, 5L);
    var step = new AgentStep(ordinal, Kind.TURN, "sha" + ordinal, null, false, 7, use, null, left);
    return new AttemptReport.Stepped(step);
  }

  private AgentProgress progress() {
    return ((WorkerState.Living) worker.state()).life().agent();
  }

  /// What the executor is told next to carry out, whatever it is told before.
  private Executor.Execute executed() {
    while (true) {
      if (worker.executor.receiveMessage() instanceof Executor.Execute it) return it;
    }
  }

  @Test
  void theNextAttemptGoesOnFromTheNewestStepOnAnotherNode() {
    worker.report(1, 1, step(1, LEFT));
    worker.report(1, 2, step(2, null));
    worker.executor.expectNoMessage();
    worker.restartOnAnotherIncarnation();
    worker.settleDown();
    worker.backoffElapsed(1);
    var next = executed();
    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.agent().head()).isEqualTo("sha2");
    assertThat(next.agent().ordinal()).isEqualTo(2);
    assertThat(next.agent().left()).isEqualTo(LEFT);
    assertThat(next.agent().spend().turns()).isEqualTo(2);
    assertThat(next.agent().spend().tokens()).isEqualTo(200);
  }

  @Test
  void theRunHearsOnceThatTheWorkerTalksAndLeavesItsSlotToOthers() {
    worker.report(1, 1, step(1, null));
    worker.report(1, 2, step(2, null));
    worker.run.fishForMessage(
        Duration.ofSeconds(10),
        it ->
            it instanceof WorkerReported told && told.talks()
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
    worker.report(1, 3, new AttemptReport.Unsuccessful("exit 1", true, null));
    assertThat(((WorkerReported) worker.run.receiveMessage()).talks()).isFalse();
  }

  @Test
  void aFailedTryIsFollowedByANewConversationThatKnowsWhy() {
    worker.report(1, 1, step(1, LEFT));
    worker.report(1, 2, new AttemptReport.Unsuccessful("exit 1", true, null));
    worker.backoffElapsed(1);
    var next = executed();
    assertThat(next.agent().head()).isNull();
    assertThat(next.agent().left()).isNull();
    assertThat(next.agent().ordinal()).isEqualTo(1);
    assertThat(next.agent().spend().turns()).isEqualTo(1);
    assertThat(next.lastFailure()).isEqualTo("exit 1");
  }

  @Test
  void whoIsParkedWaitsWithoutATryAndGoesOn() {
    worker.report(1, 1, step(1, null));
    var until = Instant.parse("2030-01-01T00:00:00Z");
    worker.report(1, 2, new AttemptReport.Parked(until, "openai: 500 of 500 requests"));
    assertThat(worker.state()).isInstanceOf(WorkerState.Backoff.class);
    var status = Statuses.of(worker.state());
    assertThat(status.phase()).isEqualTo(WorkerPhase.BACKOFF);
    assertThat(status.detail())
        .isEqualTo("waits for a model until 2030-01-01T00:00:00.000Z: openai: 500 of 500 requests");
    assertThat(status.failures()).isEmpty();
    worker.backoffElapsed(1);
    assertThat(progress().head()).isEqualTo("sha1");
  }

  @Test
  void whatIsToBeRepairedIsRunAgain() {
    worker.report(1, 1, new AttemptReport.Validating());
    assertThat(worker.state()).isInstanceOf(WorkerState.Validating.class);
    worker.report(1, 2, step(1, null));
    assertThat(worker.state()).isInstanceOf(WorkerState.Running.class);
  }

  @Test
  void whoIsReopenedMaySpendAgain() {
    worker.report(1, 1, step(1, null));
    worker.report(1, 2, new AttemptReport.Unsuccessful("no", false, null));
    worker.assignAt(100, 5, Wish.RUN);
    assertThat(progress().spend().turns()).isZero();
    assertThat(progress().ordinal()).isEqualTo(1);
  }
}
