package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Granted;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A kind that is let pass for a while, what that never answers, and more time to decide.
class BypassingTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private static final Duration HOUR = Duration.ofHours(1);

  private final GateHarness gate = new GateHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private static OperationRequest operation(String digest, int epoch, String... changes) {
    return new OperationRequest(
        "WORKER_001",
        1,
        digest,
        epoch,
        "publish",
        Risk.WRITE,
        "It happens.",
        "true",
        List.of("site"),
        false,
        "/t",
        null,
        List.of(),
        new Binding("same", List.of(), List.of(), List.of(), List.of(changes)),
        null);
  }

  private StatusReply<Bypasses> pass(GateHarness at, Duration span) {
    return at.gate
        .<StatusReply<Bypasses>>runCommand(to ->
            new ApprovalCommand.Bypass(
                "publish", span, People.Caller.of("alice"), "a long night", null, to))
        .reply();
  }

  private static String id(Claimed claimed) {
    return ((Pending) claimed).approval();
  }

  @Test
  void whatIsLetPassRunsAndSaysByWhom() {
    assertThat(pass(gate, HOUR).getValue().items()).hasSize(1);
    var granted = (Granted) gate.claim(operation("d1", 0), 1);
    var view = gate.find(granted.permit().approval());
    assertThat(view.decision()).isEqualTo(Decision.AUTO_APPROVED);
    assertThat(view.reason()).contains("publish", "by alice");
  }

  @Test
  void otherKindsAndWhatNamesNoContentWait() {
    pass(gate, HOUR);
    assertThat(gate.claim(GateHarness.DEPLOY, 1)).isInstanceOf(Pending.class);
    assertThat(gate.claim(GateHarness.operation("publish", Risk.WRITE, 0), 1))
        .isInstanceOf(Pending.class);
  }

  @Test
  void itEndsByItselfAndWhenItIsRevoked() {
    pass(gate, HOUR);
    gate.now = GateHarness.NOW.plus(HOUR);
    assertThat(gate.claim(operation("d1", 0), 1)).isInstanceOf(Pending.class);

    var other = new GateHarness(ACTORS, "run_2");
    pass(other, HOUR);
    assertThat(pass(other, Duration.ZERO).getValue().items()).isEmpty();
    assertThat(other.claim(operation("d1", 0), 1)).isInstanceOf(Pending.class);
    assertThat(other.gate.getState().bypasses()).isEmpty();
  }

  @Test
  void itNeverAnswersWhatWasAskedBefore() {
    var first = id(gate.claim(operation("d1", 0), 1));
    pass(gate, HOUR);
    assertThat(gate.claim(operation("d1", 0), 1)).as("it waits").isEqualTo(new Pending(first));
    var changed = id(gate.claim(operation("d2", 0), 1));
    gate.decide(changed, Decision.REJECTED);
    assertThat(gate.claim(operation("d2", 1), 2)).as("a retry").isInstanceOf(Pending.class);
  }

  @Test
  void itNeverAnswersWhatHasChangedOrMayHaveRun() {
    pass(gate, HOUR);
    assertThat(gate.claim(operation("d1", 0, "site/index.html"), 1)).isInstanceOf(Pending.class);

    var other = new GateHarness(ACTORS, "run_2");
    pass(other, HOUR);
    var ran = ((Granted) other.claim(operation("d1", 0), 1)).permit();
    assertThat(other.askAgain(ran.approval())).isInstanceOf(Pending.class);
  }

  @Test
  void nobodyIsBelievedWithoutProofAndNothingLastsLonger() {
    assertThat(pass(gate, Duration.ofHours(9)).isError()).isTrue();
    var outside = new GateHarness(ACTORS, ApprovalCommand.OUTSIDE);
    assertThat(pass(outside, HOUR).isError()).isTrue();
    gate.proof = CompletableFuture.completedFuture("nobody vouches for it");
    assertThat(pass(gate, HOUR).getError().getMessage()).contains("nobody vouches");
    assertThat(gate.claim(operation("d1", 0), 1)).isInstanceOf(Pending.class);
  }

  @Test
  void itOutlivesARestart() {
    pass(gate, HOUR);
    for (var n = 0; n < 5; n++) gate.claim(operation("d" + n, 0, "changed"), 1); // a snapshot
    gate.gate.restart();
    assertThat(gate.gate.getState().bypasses()).containsKey("publish");
    var revoked =
        gate.gate.<StatusReply<Bypasses>>runCommand(to ->
            new ApprovalCommand.Bypass(
                "publish", Duration.ZERO, People.Caller.of("bob"), "", null, to));
    assertThat(revoked.event()).isInstanceOf(BypassRevoked.class);
  }

  @Test
  void thereCanBeMoreTimeToDecideUpToAWeek() {
    var id = id(gate.claim(operation("d1", 0), 1));
    var later = extend(id, HOUR).getValue().deadline();
    assertThat(later).isEqualTo(GateHarness.NOW.plus(GateState.WAIT_DEFAULT).plus(HOUR));
    gate.now = GateHarness.NOW.plus(GateState.WAIT_DEFAULT);
    gate.gate.runCommand(new ApprovalCommand.Tick());
    assertThat(gate.find(id).decision()).isNull();
    assertThat(extend(id, Duration.ofDays(30)).getValue().deadline())
        .isEqualTo(gate.now.plus(Deciding.WAIT_MAX));
    gate.now = gate.now.plus(Deciding.WAIT_MAX);
    gate.gate.runCommand(new ApprovalCommand.Tick());
    assertThat(gate.find(id).decision()).isEqualTo(Decision.EXPIRED);
    assertThat(extend(id, HOUR).isError()).as("it is over").isTrue();
  }

  private StatusReply<ApprovalView> extend(String id, Duration span) {
    return gate.gate
        .<StatusReply<ApprovalView>>runCommand(
            to -> new ApprovalCommand.Extend(id, span, People.Caller.of("alice"), to))
        .reply();
  }
}
