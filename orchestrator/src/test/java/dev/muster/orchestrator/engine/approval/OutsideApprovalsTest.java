package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import java.time.Duration;
import java.util.HashSet;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.pcollections.PMap;

class OutsideApprovalsTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private static final Duration TTL = Duration.ofHours(1);

  private final GateHarness gate = new GateHarness(ACTORS, ApprovalCommand.OUTSIDE);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  @Test
  void oneDecisionAnswersOneOperation() {
    var id = request();
    assertThat(request()).as("it waits for a decision").isEqualTo(id);
    assertThat(refused(id)).contains("waits for a decision");
    gate.decide(id, Decision.APPROVED);
    assertThat(request()).as("the decision stands").isEqualTo(id);

    assertThat(consume(id).getValue().consumed()).isTrue();
    assertThat(refused(id)).contains("was consumed by backup").endsWith("ask again.");
    var second = request();
    assertThat(second).isNotEqualTo(id);
    assertThat(gate.find(second).decision()).isNull();
  }

  @Test
  void aDecisionEndsByTime() {
    var id = request();
    gate.now = gate.now.plusSeconds(60);
    gate.decide(id, Decision.APPROVED);
    gate.now = gate.now.plus(TTL).minusMillis(1);
    assertThat(request()).isEqualTo(id);
    gate.now = gate.now.plusMillis(1);
    assertThat(refused(id)).contains("ended at 2026-01-01T01:01:00Z");
    assertThat(request()).isNotEqualTo(id);
  }

  @Test
  void whatNobodyAnsweredInTimeMayBeAskedAnew() {
    var id = request();
    gate.now = gate.now.plus(TTL);
    var second = request();
    assertThat(second).isNotEqualTo(id);
    assertThat(gate.find(id).decision()).isEqualTo(Decision.EXPIRED);

    gate.now = gate.now.plus(TTL);
    gate.gate.runCommand(new ApprovalCommand.Tick());
    assertThat(refused(second)).endsWith("is EXPIRED.");
    assertThat(request()).isNotIn(id, second);
  }

  @Test
  void aRejectionStandsForItsTimeAndIsNeverConsumed() {
    var id = request();
    gate.decide(id, Decision.REJECTED);
    assertThat(request()).isEqualTo(id);
    assertThat(refused(id)).endsWith("is REJECTED.");
    gate.now = gate.now.plus(TTL);
    assertThat(request()).isNotEqualTo(id);
  }

  @Test
  void whatIsLongOverIsForgottenAndItsNameNeverGivenAgain() {
    var seen = new HashSet<String>();
    var rejected = request();
    gate.decide(rejected, Decision.REJECTED);
    gate.now = gate.now.plus(TTL);
    for (var i = 0; i < 300; i++) {
      var id = request();
      assertThat(seen.add(id)).isTrue();
      gate.decide(id, Decision.APPROVED);
      consume(id);
      gate.now = gate.now.plus(TTL);
    }
    assertThat(entries()).hasSizeBetween(7 * 24 - 2, 7 * 24 + 2).doesNotContainKey(rejected);
    gate.gate.restart();
    assertThat(entries()).hasSizeBetween(7 * 24 - 2, 7 * 24 + 2);
    assertThat(refused(rejected)).contains("nobody asked for");
    assertThat(seen).doesNotContain(request());
  }

  private PMap<String, GateEntry> entries() {
    return gate.gate.getState().entries();
  }

  private String request() {
    return gate.gate
        .<StatusReply<ApprovalView>>runCommand(
            to -> new ApprovalCommand.Request(GateHarness.DEPLOY, TTL, to))
        .reply()
        .getValue()
        .id();
  }

  private StatusReply<ApprovalView> consume(String id) {
    return gate.gate
        .<StatusReply<ApprovalView>>runCommand(to -> new ApprovalCommand.Consume(id, "backup", to))
        .reply();
  }

  private String refused(String id) {
    return String.valueOf(consume(id).getError().getMessage());
  }
}
