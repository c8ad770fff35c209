package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The journal is away for a moment, and the gate is restarted for it.
class JournalFailureTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @Test
  void deadlinesAreStillKeptAfterTheJournalFailed() {
    var journal = PersistenceTestKit.create(ACTORS.system());
    var clock = new AtomicReference<>(GateHarness.NOW);
    List<ApprovalView> told = new CopyOnWriteArrayList<>();
    var gate =
        ACTORS.spawn(
            ApprovalGate.create(
                "run_9", told::add, (_, _) -> CompletableFuture.completedFuture(null), clock::get));
    var answers = ACTORS.<StatusReply<ApprovalView>>createTestProbe();
    gate.tell(new ApprovalCommand.Request(GateHarness.DEPLOY, null, answers.ref()));
    var approval = answers.receiveMessage().getValue().id();

    journal.failNextPersisted("Gate|run_9");
    gate.tell(
        new ApprovalCommand.Decide(
            approval,
            Decision.APPROVED,
            "op",
            "",
            null,
            ACTORS.<StatusReply<ApprovalView>>createTestProbe().ref()));
    // Not before it has been restarted.
    await()
        .untilAsserted(() -> {
          gate.tell(new ApprovalCommand.Find(approval, answers.ref()));
          assertThat(answers.receiveMessage(Duration.ofSeconds(1)).getValue().decision()).isNull();
        });
    clock.set(GateHarness.NOW.plus(Duration.ofDays(2)));

    await()
        .until(() -> told.stream().map(ApprovalView::decision).anyMatch(Decision.EXPIRED::equals));
    assertThat(Objects.requireNonNull(told.getLast().decidedAt())).isAfter(Instant.EPOCH);
  }
}
