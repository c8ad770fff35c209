package dev.muster.orchestrator.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.instruction.Risk;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalRulesTest {
  private static final Principal ALICE =
      new Principal("alice", Principal.Kind.USER, "alice", Set.of(Role.ADMIN), null);

  @Test
  void theGreatestRuleThatFitsHolds() {
    var rules = ApprovalRules.of(true, "any=1, admin=2,production_deploy=3");
    assertThat(rules.policyFor("publish", Risk.WRITE).people()).isEqualTo(1);
    assertThat(rules.policyFor("publish", Risk.ADMIN).people()).isEqualTo(2);
    assertThat(rules.policyFor("production_deploy", Risk.ADMIN).people()).isEqualTo(3);
    assertThat(ApprovalRules.STANDARD.policyFor("x", Risk.ADMIN).people()).isEqualTo(1);
  }

  @Test
  void noPolicyAnswersForSeveralPeople() {
    var rules = ApprovalRules.of(true, "admin=2");
    assertThat(rules.forbid(ApprovalPolicy.ALL)).isTrue();
    assertThat(rules.forbid(ApprovalPolicy.NONE)).isFalse();
    assertThat(ApprovalRules.STANDARD.forbid(ApprovalPolicy.ALL)).isFalse();
  }

  @Test
  void nobodyButTheOwnerOfAnInstallationForOneAnswersTheirOwnQuestion() {
    var strict = ApprovalRules.of(false, "");
    assertThat(ApprovalRules.STANDARD.isOwnQuestion(ALICE, "alice")).isTrue();
    assertThat(ApprovalRules.STANDARD.isOwnQuestion(ALICE, "bob")).isFalse();
    assertThat(ApprovalRules.STANDARD.isOwnQuestion(ALICE, "")).isFalse();
    assertThat(ApprovalRules.STANDARD.isOwnQuestion(Principal.OWNER, "operator")).isFalse();
    assertThat(strict.isOwnQuestion(Principal.OWNER, "operator")).isTrue();
    var token = ALICE.narrowed("token:ci", Set.of(Role.APPROVER), null);
    assertThat(ApprovalRules.STANDARD.isOwnQuestion(token, "alice")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "admin=0", "admin=11", "Admin=2", "=2", "a=2=3", "admin=2,,"})
  void whatIsNoRuleIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ApprovalRules.of(true, text));
  }

  @Test
  void aTokenNeverGivesMoreThanItsMakerHas() {
    var operator = new Principal("o", Principal.Kind.USER, "o", Set.of(Role.OPERATOR), "audit");
    var narrowed = operator.narrowed("token:x", Set.of(Role.ADMIN, Role.VIEWER), "hello");
    assertThat(narrowed.roles()).containsExactly(Role.VIEWER);
    assertThat(narrowed.workforce()).isEqualTo("audit");
  }
}
