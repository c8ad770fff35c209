package dev.muster.orchestrator.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApproversTest {
  private static final User ALICE = user("alice", Role.APPROVER, false);
  private static final User BOB = user("bob", Role.OPERATOR, false);
  private static final User GONE = user("carol", Role.APPROVER, true);

  private static User user(String name, Role role, boolean disabled) {
    var at = Instant.EPOCH;
    return new User(name, Set.of(role), null, at, "me", disabled ? at : null);
  }

  private static KindPolicy by(int people, String... names) {
    return new KindPolicy(people, List.of(names), null, null, List.of(), KindPolicy.ESCALATE_FOR);
  }

  private static List<String> doubts(KindPolicy policy, User... users) {
    return Approvers.of(List.of(users), false).doubts(policy);
  }

  @Test
  void whatThereArePeopleForIsNotDoubted() {
    assertThat(doubts(by(1))).as("the owner").isEmpty();
    assertThat(doubts(by(1, "alice"), ALICE)).isEmpty();
    assertThat(doubts(by(2, "role:approver", "role:admin"), ALICE)).isEmpty();
  }

  @Test
  void aNameThatNobodyHasIs() {
    assertThat(doubts(by(1, "alice", "dave"), ALICE)).containsExactly("nobody is called dave");
    assertThat(doubts(by(1, "alice", "carol"), ALICE, GONE))
        .as("disabled")
        .containsExactly("nobody is called carol");
    assertThat(doubts(by(1, "role:approver", "role:admin")))
        .containsExactly("nobody has the role approver");
  }

  @Test
  void soIsWhatNobodyCanApprove() {
    assertThat(doubts(by(3), ALICE, BOB))
        .containsExactly("nobody can approve it: it takes 3 people, and there are 2");
    assertThat(doubts(by(1, "bob"), BOB))
        .containsExactly(
            "bob may not decide: the roles are operator",
            "nobody can approve it: it takes one, and there is none");
    assertThat(doubts(by(1, "role:viewer"), user("eve", Role.VIEWER, false)))
        .contains("the role viewer may not decide");
  }

  @Test
  void whomAnIssuerVouchesForIsNotKnownBefore() {
    assertThat(new Approvers(List.of(), true).doubts(by(5, "zoe", "role:approver"))).isEmpty();
  }
}
