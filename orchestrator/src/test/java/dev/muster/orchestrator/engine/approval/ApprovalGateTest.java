package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ApprovalGateTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();

  private final GateHarness gate = new GateHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @Test
  void anUndecidedOperationIsHeldAndAskingTwiceAsksOnce() {
    var first = (Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1);
    var second = (Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1);
    assertThat(second).isEqualTo(first);
    assertThat(gate.gate.getState().entries()).hasSize(1);
    assertThat(ApprovalIds.gateOf(first.approval())).isEqualTo("run_1");
  }

  @Test
  void anApprovedOperationIsGrantedOnceAndConsumedBeforeItIsGranted() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.decide(id, Decision.APPROVED);
    assertThat(gate.told).hasSize(1);

    var result =
        gate.gate.<Claimed>runCommand(
            to -> new ApprovalCommand.Claim(GateHarness.DEPLOY, 1, "node-a#1", to));
    assertThat(result.event()).isInstanceOf(PermitConsumed.class);
    assertThat(result.reply()).isInstanceOf(Claimed.Granted.class);
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.Unknown.class);
  }

  @Test
  void theSameAttemptMayAskAgainWhenTheAnswerWasLost() {
    gate.open(ApprovalPolicy.ALL);
    var first = gate.claim(GateHarness.DEPLOY, 1);
    assertThat(first).isInstanceOf(Claimed.Granted.class);
    assertThat(gate.claim(GateHarness.DEPLOY, 1)).isEqualTo(first);
  }

  @Test
  void theRecordedOutcomeAnswersEveryLaterAttempt() {
    gate.open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) gate.claim(GateHarness.DEPLOY, 1)).permit();
    gate.record(permit.approval(), 0);
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.AlreadyRan.class);
    assertThat(gate.claim(GateHarness.operation("production_deploy", Risk.ADMIN, 5), 3))
        .as("an operator's retry does not repeat what succeeded")
        .isInstanceOf(Claimed.AlreadyRan.class);
  }

  @Test
  void onlyAnOperatorsRetryAsksAnewForWhatFailed() {
    gate.open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) gate.claim(GateHarness.DEPLOY, 1)).permit();
    gate.record(permit.approval(), 1);
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.AlreadyRan.class);
    assertThat(gate.claim(GateHarness.operation("production_deploy", Risk.ADMIN, 1), 3))
        .isInstanceOf(Claimed.Granted.class);
  }

  @Test
  void aRestoredPermitMayBeClaimedOnceMore() {
    gate.open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) gate.claim(GateHarness.DEPLOY, 1)).permit();
    gate.gate.<Done>runCommand(to -> new ApprovalCommand.Restore(permit.approval(), to));
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.Granted.class);
    assertThat(gate.claim(GateHarness.DEPLOY, 3)).isInstanceOf(Claimed.Unknown.class);
  }

  @Test
  void whatMayHaveRunIsNeverAnsweredByPolicy() {
    gate.open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) gate.claim(GateHarness.DEPLOY, 1)).permit();
    var asked = gate.askAgain(permit.approval());
    assertThat(asked).isInstanceOf(Claimed.Pending.class);
    assertThat(gate.askAgain(permit.approval())).isEqualTo(asked);
    var id = ((Claimed.Pending) asked).approval();
    assertThat(gate.find(id).mayHaveRun()).isTrue();
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isEqualTo(asked);
    gate.decide(id, Decision.APPROVED);
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.Granted.class);
  }

  @Test
  void rejectedAndExpiredNeverRun() {
    var rejected = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.decide(rejected, Decision.REJECTED);
    assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.Refused.class);

    var other = GateHarness.operation("file_delete", Risk.WRITE, 0);
    gate.claim(other, 1);
    gate.now = GateHarness.NOW.plus(GateState.WAIT_DEFAULT);
    gate.gate.runCommand(new ApprovalCommand.Tick());
    assertThat(gate.claim(other, 2))
        .isInstanceOfSatisfying(
            Claimed.Refused.class, it -> assertThat(it.decision()).isEqualTo(Decision.EXPIRED));
  }

  @Test
  void nobodyApprovesAfterTheDeadlineEvenBeforeItIsNoticed() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.now = GateHarness.NOW.plus(GateState.WAIT_DEFAULT);
    assertThat(gate.decide(id, Decision.APPROVED).isError()).isTrue();
  }

  @Test
  void aDecisionMustBeAboutWhatTheOperatorHasSeen() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    var wrong =
        gate.gate
            .<StatusReply<ApprovalView>>runCommand(to ->
                new ApprovalCommand.Decide(id, Decision.APPROVED, "op", "", "0".repeat(64), to))
            .reply();
    assertThat(wrong.isError()).isTrue();
    assertThat(gate.find(id).decision()).isNull();
  }

  @Test
  void decidingTheSameWayTwiceIsHarmlessAndAnotherWayIsRefused() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.decide(id, Decision.APPROVED);
    assertThat(gate.decide(id, Decision.APPROVED).isSuccess()).isTrue();
    assertThat(gate.decide(id, Decision.REJECTED).isError()).isTrue();
  }

  @Test
  void lowAnswersHarmlessKindsAndNeverTheGatedOnes() {
    gate.open(ApprovalPolicy.LOW);
    assertThat(gate.claim(GateHarness.operation("file_write", Risk.WRITE, 0), 1))
        .isInstanceOf(Claimed.Granted.class);
    assertThat(gate.claim(GateHarness.operation("file_delete", Risk.WRITE, 0), 1))
        .isInstanceOf(Claimed.Pending.class);
    assertThat(gate.claim(GateHarness.operation("anything", Risk.ADMIN, 0), 1))
        .isInstanceOf(Claimed.Pending.class);
  }

  @Test
  void whatIsClosedIsDecidedByNobodyAndAskedAnewWhenSomebodyComesBack() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.close("wave 2");
    assertThat(gate.find(id).decision()).as("somebody else was meant").isNull();
    gate.close();
    assertThat(gate.find(id).decision()).isEqualTo(Decision.CLOSED);
    assertThat(gate.find(id).reason()).isEqualTo("its run was cancelled");
    assertThat(gate.told).as("its worker hears of it").hasSize(1);
    assertThat(gate.decide(id, Decision.APPROVED).getError().getMessage())
        .isEqualTo("Expected an approval that waits for a decision, but %s is CLOSED.", id);
    assertThat(gate.gate.getState().pending()).isEmpty();

    var again = (Claimed.Pending) gate.claim(GateHarness.DEPLOY, 2);
    assertThat(again.approval()).isNotEqualTo(id);
  }

  @Test
  void whatMayHaveRunIsStillAskedSoAfterItsRequestWasClosed() {
    gate.open(ApprovalPolicy.ALL);
    var first = ((Claimed.Granted) gate.claim(GateHarness.DEPLOY, 1)).permit().approval();
    gate.askAgain(first);
    gate.close();
    var again = gate.claim(GateHarness.operation("production_deploy", Risk.ADMIN, 1), 2);
    assertThat(again).as("no policy answers that").isInstanceOf(Claimed.Pending.class);
    assertThat(gate.find(((Claimed.Pending) again).approval()).mayHaveRun()).isTrue();
  }

  @Test
  void aDeadlineSurvivesARestart() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.gate.restart();
    gate.now = GateHarness.NOW.plus(Duration.ofHours(25));
    gate.gate.runCommand(new ApprovalCommand.Tick());
    assertThat(gate.find(id).decision()).isEqualTo(Decision.EXPIRED);
  }

  @Test
  void aDecisionThatIsNotProvedDecidesNothing() {
    var id = ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
    gate.proof = java.util.concurrent.CompletableFuture.completedFuture("nobody vouches for it");
    assertThat(gate.decide(id, Decision.APPROVED).getError())
        .hasMessageContaining("nobody vouches for it");
    assertThat(gate.find(id).decision()).isNull();
    assertThat(gate.told).isEmpty();
  }
}
