package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.People.Caller;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Approvals that take several people.
class SeveralPeopleTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private GateHarness gate;
  private String approval;

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @BeforeEach
  void ask() {
    gate = new GateHarness(ACTORS);
    gate.claim(GateHarness.DEPLOY, 1);
    approval = gate.gate.getState().pending().getFirst().id();
  }

  private StatusReply<ApprovalView> decide(Decision decision, Caller by) {
    return decide(decision, by, 2);
  }

  private StatusReply<ApprovalView> decide(Decision decision, Caller by, int people) {
    return gate.gate
        .<StatusReply<ApprovalView>>runCommand(to ->
            new ApprovalCommand.Decide(approval, decision, by, people, "fine", null, null, to))
        .reply();
  }

  @Test
  void oneOfTwoIsNoDecision() {
    var view = decide(Decision.APPROVED, Caller.of("alice")).getValue();
    assertThat(view.decision()).isNull();
    assertThat(view.people().votes()).hasSize(1);
    assertThat(gate.told).isEmpty();
    assertThat(gate.claim(GateHarness.DEPLOY, 1))
        .isInstanceOf(ApprovalCommand.Claimed.Pending.class);
  }

  @Test
  void onePersonCountsOnceWhateverTheyCallThemselves() {
    decide(Decision.APPROVED, Caller.of("alice"));
    var again = decide(Decision.APPROVED, new Caller("token:ci", "alice")).getValue();
    assertThat(again.decision()).isNull();
    assertThat(again.people().votes()).hasSize(1);
  }

  @Test
  void theSecondPersonDecides() {
    decide(Decision.APPROVED, Caller.of("alice"));
    var view = decide(Decision.APPROVED, Caller.of("bob")).getValue();
    assertThat(view.decision()).isEqualTo(Decision.APPROVED);
    assertThat(view.decidedBy()).isEqualTo("alice, bob");
    assertThat(gate.claim(GateHarness.DEPLOY, 1))
        .isInstanceOf(ApprovalCommand.Claimed.Granted.class);
  }

  @Test
  void aVoiceThatNoLongerCountsTakesAnother() {
    decide(Decision.APPROVED, Caller.of("alice"));
    var oneLapsed = decide(Decision.APPROVED, Caller.of("bob"), 3).getValue();
    assertThat(oneLapsed.decision()).isNull();
    assertThat(decide(Decision.APPROVED, Caller.of("carol"), 3).getValue().decision())
        .isEqualTo(Decision.APPROVED);
  }

  @Test
  void aVoiceThatCountsAgainIsEnoughOnceSomebodySaysSo() {
    decide(Decision.APPROVED, Caller.of("alice"));
    decide(Decision.APPROVED, Caller.of("bob"), 3);
    assertThat(decide(Decision.APPROVED, Caller.of("bob"), 3).getValue().decision()).isNull();
    var again = decide(Decision.APPROVED, Caller.of("bob")).getValue();
    assertThat(again.decision()).isEqualTo(Decision.APPROVED);
    assertThat(again.decidedBy()).isEqualTo("alice, bob");
  }

  @Test
  void oneRejectsForAll() {
    decide(Decision.APPROVED, Caller.of("alice"));
    assertThat(decide(Decision.REJECTED, Caller.of("bob")).getValue().decision())
        .isEqualTo(Decision.REJECTED);
  }

  @Test
  void votesOutliveACrash() {
    decide(Decision.APPROVED, Caller.of("alice"));
    gate.gate.restart();
    assertThat(decide(Decision.APPROVED, Caller.of("bob")).getValue().decision())
        .isEqualTo(Decision.APPROVED);
    assertThat(gate.gate.getState().find(approval)).isNotNull();
  }

  @Test
  void whoAskedIsKept() {
    var outside = new GateHarness(ACTORS, ApprovalCommand.OUTSIDE);
    var result =
        outside.gate.<StatusReply<ApprovalView>>runCommand(to ->
            new ApprovalCommand.Request(
                GateHarness.DEPLOY, null, new Caller("token:ci", "alice"), to));
    assertThat(result.events()).hasAtLeastOneElementOfType(ApprovalEvent.ApprovalAsked.class);
    assertThat(result.reply().getValue().people().asker())
        .isEqualTo(new Caller("token:ci", "alice"));
  }
}
