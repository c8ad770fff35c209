package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Granted;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Unknown;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// One operation whose content is not what it was: it needs another decision, and is still known to
/// be the one that was begun.
class ChangedContentTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private static final OperationRequest FIRST = operation("d1", "same", 0, Risk.ADMIN);
  private static final OperationRequest CHANGED = operation("d2", "same", 0, Risk.ADMIN);

  private final GateHarness gate = new GateHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private static OperationRequest operation(
      String digest, @Nullable String identity, int epoch, Risk risk) {
    return new OperationRequest(
        "WORKER_001",
        1,
        digest,
        epoch,
        "publish",
        risk,
        "It happens.",
        "true",
        List.of("site"),
        false,
        "/t",
        null,
        List.of(),
        identity == null ? null : new Binding(identity, List.of(), List.of(), List.of(), List.of()),
        null);
  }

  private static String id(Claimed claimed) {
    return ((Pending) claimed).approval();
  }

  private String approved(OperationRequest operation) {
    var id = id(gate.claim(operation, 1));
    gate.decide(id, Decision.APPROVED);
    return id;
  }

  @Test
  void anApprovalOfOneContentIsNoneOfAnother() {
    approved(FIRST);
    assertThat(gate.claim(CHANGED, 1)).isInstanceOf(Pending.class);
    assertThat(gate.claim(FIRST, 1)).isInstanceOf(Granted.class);
  }

  @Test
  void anUnansweredQuestionIsClosedWhenItsContentHasChanged() {
    var first = id(gate.claim(FIRST, 1));
    var second = id(gate.claim(CHANGED, 2));
    assertThat(gate.find(first).decision()).isEqualTo(Decision.CLOSED);
    assertThat(gate.find(first).reason()).contains("asked anew as " + second);
    assertThat(gate.told).isEmpty();
    gate.decide(second, Decision.APPROVED);
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(Granted.class);
  }

  @Test
  void whatWasBegunOnAnotherContentIsNotBegunAgain() {
    approved(FIRST);
    gate.claim(FIRST, 1);
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(Unknown.class);
    gate.open(ApprovalPolicy.ALL);
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(Unknown.class);
  }

  @Test
  void whatEndedOnAnotherContentAnswersForAll() {
    var id = approved(FIRST);
    gate.claim(FIRST, 1);
    gate.record(id, 0);
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(AlreadyRan.class);
    assertThat(gate.claim(operation("d2", "same", 3, Risk.ADMIN), 2))
        .as("also for an operator's retry")
        .isInstanceOf(AlreadyRan.class);
  }

  @Test
  void whatFailedOnAnotherContentIsOnlyAskedAboutByAnOperatorsRetry() {
    var id = approved(FIRST);
    gate.claim(FIRST, 1);
    gate.record(id, 1);
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(AlreadyRan.class);
    assertThat(gate.claim(operation("d2", "same", 1, Risk.ADMIN), 2)).isInstanceOf(Pending.class);
  }

  @Test
  void askingAgainAsksAboutTheContentOfNowAndNoPolicyAnswers() {
    gate.open(ApprovalPolicy.ALL);
    var first = ((Granted) gate.claim(FIRST, 1)).permit().approval();
    var again =
        gate.gate.<Claimed>runCommand(to -> new ApprovalCommand.AskAgain(first, CHANGED, to));
    var id = id(again.reply());
    assertThat(gate.find(id).mayHaveRun()).isTrue();
    assertThat(gate.find(id).operation().digest()).isEqualTo("d2");
    assertThat(gate.claim(operation("d3", "same", 0, Risk.ADMIN), 2))
        .as("the doubt stays, whatever the content becomes")
        .isInstanceOf(Pending.class);
  }

  @Test
  void whatWasRestoredAsksAnewForAnotherContent() {
    var id = approved(FIRST);
    gate.claim(FIRST, 1);
    gate.gate.<Done>runCommand(to -> new ApprovalCommand.Restore(id, to));
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(Pending.class);
  }

  @Test
  void oldJournalsKnowTheirOperationsByTheirWords() {
    approved(operation("old", null, 0, Risk.ADMIN));
    gate.claim(operation("old", null, 0, Risk.ADMIN), 1);
    assertThat(gate.claim(CHANGED, 2)).isInstanceOf(Unknown.class);
  }

  @Test
  void lowAnswersAFewKindsAndNothingThatIsAdmin() {
    gate.open(ApprovalPolicy.LOW);
    assertThat(gate.claim(operation("a", "a", 0, Risk.WRITE), 1)).isInstanceOf(Granted.class);
    assertThat(gate.claim(operation("b", "b", 0, Risk.ADMIN), 1)).isInstanceOf(Pending.class);
    for (var kind : List.of("unsandboxed_command", "file_delete", "anything")) {
      assertThat(gate.claim(GateHarness.operation(kind, Risk.READ_ONLY, 0), 1))
          .as(kind)
          .isInstanceOf(Pending.class);
    }
  }

  @Test
  void nobodyChoosesTheDigestOfAnOutsideOperation() {
    var one = OutsideDigest.of("ci", "k", Risk.WRITE, "c", "ls", List.of("a"), "hint");
    assertThat(one).isNotEqualTo("hint");
    assertThat(OutsideDigest.of("ci", "k", Risk.WRITE, "c", "rm", List.of("a"), "hint"))
        .isNotEqualTo(one);
    assertThat(OutsideDigest.of("ci", "k", Risk.ADMIN, "c", "ls", List.of("a"), "hint"))
        .isNotEqualTo(one);
    assertThat(OutsideDigest.of("ci", "k", Risk.WRITE, "c", "ls", List.of("a"), null))
        .isNotEqualTo(one);
    assertThat(OutsideDigest.of("ci", "k", Risk.WRITE, "c", "ls", List.of("a"), "hint"))
        .isEqualTo(one);
  }
}
