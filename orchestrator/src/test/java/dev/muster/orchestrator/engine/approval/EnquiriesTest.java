package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a person can say, and of which nothing is run.
class EnquiriesTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private static final OperationRequest QUESTION =
      GateHarness.operation(Enquiries.QUESTION, Risk.READ_ONLY, 0);

  private final GateHarness gate = new GateHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private String asked(OperationRequest operation) {
    return ((Claimed.Pending) gate.claim(operation, 1)).approval();
  }

  private StatusReply<ApprovalView> answer(String id, String by, String text) {
    return gate.gate
        .<StatusReply<ApprovalView>>runCommand(
            to -> new ApprovalCommand.Decide(id, Decision.APPROVED, by, text, null, to))
        .reply();
  }

  @ParameterizedTest
  @ValueSource(strings = {Enquiries.QUESTION, Enquiries.BUDGET})
  void noPolicyAnswersIt(String kind) {
    gate.open(ApprovalPolicy.ALL);
    assertThat(gate.claim(GateHarness.operation(kind, Risk.READ_ONLY, 0), 1))
        .isInstanceOf(Claimed.Pending.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {Enquiries.QUESTION, Enquiries.BUDGET})
  void itIsNeverLetPass(String kind) {
    var wish =
        gate.gate
            .<StatusReply<Bypasses>>runCommand(to ->
                new ApprovalCommand.Bypass(
                    kind, Duration.ofHours(1), People.Caller.of("alice"), "why", null, to))
            .reply();
    assertThat(wish.isError()).isTrue();
  }

  @Test
  void theAnswerIsTheSameForEveryAttemptAndNothingIsUsedUp() {
    var id = asked(QUESTION);
    answer(id, "alice", "The second.");
    var answered = new Claimed.Answered(id, "alice", "The second.");
    assertThat(gate.claim(QUESTION, 1)).isEqualTo(answered);
    gate.gate.restart();
    assertThat(gate.claim(QUESTION, 2)).isEqualTo(answered);
    assertThat(gate.find(id).consumed()).isFalse();
  }

  @Test
  void whoComesSecondHearsWhoAnswered() {
    var id = asked(QUESTION);
    answer(id, "alice", "The second.");
    assertThat(answer(id, "bob", "The first.").getError())
        .hasMessageContaining("was answered by alice");
    assertThat(answer(id, "alice", "The second.").isSuccess()).isTrue();
    assertThat(gate.find(id).reason()).isEqualTo("The second.");
  }

  @Test
  void aYesIsNoAnswer() {
    var id = asked(QUESTION);
    assertThat(answer(id, "alice", " ").getError()).hasMessageContaining("in words");
    assertThat(answer(asked(GateHarness.operation(Enquiries.BUDGET, Risk.ADMIN, 0)), "a", ""))
        .matches(StatusReply::isSuccess);
  }

  @Test
  void nobodysAnswerIsToldAsThat() {
    var id = asked(QUESTION);
    gate.now = GateHarness.NOW.plus(Duration.ofDays(2));
    gate.gate.runCommand(new ApprovalCommand.Tick());
    assertThat(gate.claim(QUESTION, 1))
        .isEqualTo(new Claimed.Refused(id, Decision.EXPIRED, "nobody answered in time"));
  }
}
