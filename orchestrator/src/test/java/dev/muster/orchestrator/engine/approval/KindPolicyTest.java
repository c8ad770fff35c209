package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.KindPolicy.Then;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How long a gate waits for which kind, and what becomes of what nobody answers.
class KindPolicyTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private static final Duration HOUR = Duration.ofHours(1);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private static GateHarness gate(@Nullable Then then, List<String> by) {
    var policy = new KindPolicy(1, by, HOUR, then, List.of("carol"), HOUR.multipliedBy(4));
    var rules = ApprovalRules.STANDARD.with(Map.of("production_deploy", policy));
    return new GateHarness(ACTORS, "run_1", rules);
  }

  private static String asked(GateHarness gate) {
    return ((Claimed.Pending) gate.claim(GateHarness.DEPLOY, 1)).approval();
  }

  private static void later(GateHarness gate, Duration span) {
    gate.now = gate.now.plus(span);
    gate.gate.runCommand(new ApprovalCommand.Tick());
  }

  @Test
  void aKindWaitsAsLongAsItsPolicySaysAndOthersAsLongAsTheRun() {
    var gate = gate(null, List.of());
    gate.open(ApprovalPolicy.NONE);
    var deploy = gate.find(asked(gate));
    assertThat(deploy.deadline()).isEqualTo(gate.now.plus(HOUR));
    var other = gate.claim(GateHarness.operation("publish", Risk.WRITE, 0), 1);
    assertThat(gate.find(((Claimed.Pending) other).approval()).deadline())
        .isEqualTo(gate.now.plus(Duration.ofHours(24)));
    later(gate, HOUR.plusSeconds(1));
    assertThat(gate.find(deploy.id()).decision()).isEqualTo(Decision.EXPIRED);
  }

  @Test
  void whatIsHeldGoesOnWaitingAndRunsNothing() {
    var gate = gate(Then.HOLD, List.of());
    var approval = asked(gate);
    for (var weeks = 0; weeks < 3; weeks++) {
      later(gate, Duration.ofDays(7).plusSeconds(1));
      assertThat(gate.find(approval).decision()).isNull();
      assertThat(gate.claim(GateHarness.DEPLOY, 2)).isInstanceOf(Claimed.Pending.class);
    }
    assertThat(gate.find(approval).people().escalatedAt()).isNull();
    assertThat(gate.decide(approval, Decision.APPROVED).isSuccess()).isTrue();
  }

  @Test
  void othersAreAskedOnceAndThenItIsOver() {
    var gate = gate(Then.ESCALATE, List.of());
    var approval = asked(gate);
    later(gate, HOUR.plusSeconds(1));
    var escalated = gate.find(approval);
    assertThat(escalated.decision()).isNull();
    assertThat(escalated.people().escalatedAt()).isEqualTo(gate.now);
    assertThat(escalated.deadline()).isEqualTo(gate.now.plus(HOUR.multipliedBy(4)));
    gate.gate.restart();
    assertThat(gate.find(approval).people().escalatedAt()).as("after a crash").isNotNull();
    later(gate, HOUR.multipliedBy(4).plusSeconds(1));
    assertThat(gate.find(approval).decision()).isEqualTo(Decision.EXPIRED);
  }

  @Test
  void noPolicyOfARunAnswersWhatCertainPeopleMustApprove() {
    var gate = gate(null, List.of("alice"));
    gate.open(ApprovalPolicy.ALL);
    assertThat(gate.claim(GateHarness.DEPLOY, 1)).isInstanceOf(Claimed.Pending.class);
    assertThat(gate.claim(GateHarness.operation("publish", Risk.WRITE, 0), 1))
        .isInstanceOf(Claimed.Granted.class);
  }
}
