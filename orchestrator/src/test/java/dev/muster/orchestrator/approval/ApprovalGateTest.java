package dev.muster.orchestrator.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalGateTest {
  private static final ActorTestKit ACTORS =
      ActorTestKit.create(
          EventSourcedBehaviorTestKit.config()
              .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING")));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OperationRequest DEPLOY = operation("production_deploy", Risk.ADMIN, 0);

  private final List<ApprovalView> told = new ArrayList<>();
  private Instant now = NOW;
  private EventSourcedBehaviorTestKit<ApprovalCommand, ApprovalEvent, GateState> gate;

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  ApprovalGateTest() {
    gate = kit();
  }

  @BeforeEach
  void begin() {
    gate.clear();
    told.clear();
  }

  private EventSourcedBehaviorTestKit<ApprovalCommand, ApprovalEvent, GateState> kit() {
    return EventSourcedBehaviorTestKit.create(
        ACTORS.system(),
        ApprovalGate.create("run_1", told::add, () -> now),
        EventSourcedBehaviorTestKit.enabledSerializationSettings()
            .withVerifyEquality(true)
            .withVerifyCommands(false)
            .withVerifyState(false));
  }

  @Test
  void anUndecidedOperationIsHeldAndAskingTwiceAsksOnce() {
    var first = (Claimed.Pending) claim(DEPLOY, 1);
    var second = (Claimed.Pending) claim(DEPLOY, 1);
    assertThat(second).isEqualTo(first);
    assertThat(gate.getState().entries()).hasSize(1);
    assertThat(ApprovalIds.gateOf(first.approval())).isEqualTo("run_1");
  }

  @Test
  void anApprovedOperationIsGrantedOnceAndConsumedBeforeItIsGranted() {
    var id = ((Claimed.Pending) claim(DEPLOY, 1)).approval();
    decide(id, Decision.APPROVED);
    assertThat(told).hasSize(1);

    var result =
        gate.<Claimed>runCommand(to -> new ApprovalCommand.Claim(DEPLOY, 1, "node-a#1", to));
    assertThat(result.event()).isInstanceOf(PermitConsumed.class);
    assertThat(result.reply()).isInstanceOf(Claimed.Granted.class);
    assertThat(claim(DEPLOY, 2)).isInstanceOf(Claimed.Unknown.class);
  }

  @Test
  void theSameAttemptMayAskAgainWhenTheAnswerWasLost() {
    open(ApprovalPolicy.ALL);
    var first = claim(DEPLOY, 1);
    assertThat(first).isInstanceOf(Claimed.Granted.class);
    assertThat(claim(DEPLOY, 1)).isEqualTo(first);
  }

  @Test
  void theRecordedOutcomeAnswersEveryLaterAttempt() {
    open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) claim(DEPLOY, 1)).permit();
    record(permit.approval(), 0);
    assertThat(claim(DEPLOY, 2)).isInstanceOf(Claimed.AlreadyRan.class);
    assertThat(claim(operation("production_deploy", Risk.ADMIN, 5), 3))
        .as("an operator's retry does not repeat what succeeded")
        .isInstanceOf(Claimed.AlreadyRan.class);
  }

  @Test
  void onlyAnOperatorsRetryAsksAnewForWhatFailed() {
    open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) claim(DEPLOY, 1)).permit();
    record(permit.approval(), 1);
    assertThat(claim(DEPLOY, 2)).isInstanceOf(Claimed.AlreadyRan.class);
    assertThat(claim(operation("production_deploy", Risk.ADMIN, 1), 3))
        .isInstanceOf(Claimed.Granted.class);
  }

  @Test
  void aRestoredPermitMayBeClaimedOnceMore() {
    open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) claim(DEPLOY, 1)).permit();
    gate.<Done>runCommand(to -> new ApprovalCommand.Restore(permit.approval(), to));
    assertThat(claim(DEPLOY, 2)).isInstanceOf(Claimed.Granted.class);
    assertThat(claim(DEPLOY, 3)).isInstanceOf(Claimed.Unknown.class);
  }

  @Test
  void whatMayHaveRunIsNeverAnsweredByPolicy() {
    open(ApprovalPolicy.ALL);
    var permit = ((Claimed.Granted) claim(DEPLOY, 1)).permit();
    var asked = askAgain(permit.approval());
    assertThat(asked).isInstanceOf(Claimed.Pending.class);
    assertThat(askAgain(permit.approval())).isEqualTo(asked);
    var id = ((Claimed.Pending) asked).approval();
    assertThat(find(id).mayHaveRun()).isTrue();
    assertThat(claim(DEPLOY, 2)).isEqualTo(asked);
    decide(id, Decision.APPROVED);
    assertThat(claim(DEPLOY, 2)).isInstanceOf(Claimed.Granted.class);
  }

  @Test
  void rejectedAndExpiredNeverRun() {
    var rejected = ((Claimed.Pending) claim(DEPLOY, 1)).approval();
    decide(rejected, Decision.REJECTED);
    assertThat(claim(DEPLOY, 2)).isInstanceOf(Claimed.Refused.class);

    var other = operation("file_delete", Risk.WRITE, 0);
    claim(other, 1);
    now = NOW.plus(GateState.WAIT_DEFAULT);
    gate.runCommand(new ApprovalCommand.Tick());
    assertThat(claim(other, 2))
        .isInstanceOfSatisfying(
            Claimed.Refused.class, it -> assertThat(it.decision()).isEqualTo(Decision.EXPIRED));
  }

  @Test
  void nobodyApprovesAfterTheDeadlineEvenBeforeItIsNoticed() {
    var id = ((Claimed.Pending) claim(DEPLOY, 1)).approval();
    now = NOW.plus(GateState.WAIT_DEFAULT);
    assertThat(decide(id, Decision.APPROVED).isError()).isTrue();
  }

  @Test
  void aDecisionMustBeAboutWhatTheOperatorHasSeen() {
    var id = ((Claimed.Pending) claim(DEPLOY, 1)).approval();
    var wrong =
        gate.<StatusReply<ApprovalView>>runCommand(to ->
                new ApprovalCommand.Decide(id, Decision.APPROVED, "op", "", "0".repeat(64), to))
            .reply();
    assertThat(wrong.isError()).isTrue();
    assertThat(find(id).decision()).isNull();
  }

  @Test
  void decidingTheSameWayTwiceIsHarmlessAndAnotherWayIsRefused() {
    var id = ((Claimed.Pending) claim(DEPLOY, 1)).approval();
    decide(id, Decision.APPROVED);
    assertThat(decide(id, Decision.APPROVED).isSuccess()).isTrue();
    assertThat(decide(id, Decision.REJECTED).isError()).isTrue();
  }

  @Test
  void lowAnswersHarmlessKindsAndNeverTheGatedOnes() {
    open(ApprovalPolicy.LOW);
    assertThat(claim(operation("file_write", Risk.WRITE, 0), 1))
        .isInstanceOf(Claimed.Granted.class);
    assertThat(claim(operation("file_delete", Risk.WRITE, 0), 1))
        .isInstanceOf(Claimed.Pending.class);
    assertThat(claim(operation("anything", Risk.ADMIN, 0), 1)).isInstanceOf(Claimed.Pending.class);
  }

  @Test
  void aDeadlineSurvivesARestart() {
    var id = ((Claimed.Pending) claim(DEPLOY, 1)).approval();
    gate.restart();
    now = NOW.plus(Duration.ofHours(25));
    gate.runCommand(new ApprovalCommand.Tick());
    assertThat(find(id).decision()).isEqualTo(Decision.EXPIRED);
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 50));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noPermitIsEverConsumedTwiceOrWithoutADecision(long seed) {
    var random = new SplittableRandom(seed);
    gate.clear();
    var journal = new ArrayList<ApprovalEvent>();
    for (var step = 0; step < 60; step++) {
      journal.addAll(anything(random));
      var before = gate.getState();
      assertThat(gate.restart().state()).as("seed %d, step %d", seed, step).isEqualTo(before);
    }
    var replay = GateState.EMPTY;
    for (var event : journal) {
      if (event instanceof PermitConsumed consumed) {
        var entry = replay.find(consumed.approval());
        assertThat(entry).isNotNull();
        assertThat(entry != null && entry.allowed() && entry.consumed() == null).isTrue();
      }
      if (event instanceof ApprovalDecided decided
          && decided.decision() == Decision.AUTO_APPROVED) {
        var entry = replay.find(decided.approval());
        assertThat(entry != null && !entry.mayHaveRun()).isTrue();
      }
      if (event instanceof ApprovalRequested requested) {
        assertThat(replay.find(requested.approval())).isNull();
      }
      replay = replay.evolve(event); // throws on any step that must not happen
    }
  }

  private List<ApprovalEvent> anything(SplittableRandom random) {
    var operation = operation(random.nextBoolean() ? "a" : "b", Risk.ADMIN, random.nextInt(3));
    var ids = List.copyOf(gate.getState().entries().keySet());
    var id = ids.isEmpty() ? "apr_1_none" : ids.get(random.nextInt(ids.size()));
    var attempt = random.nextInt(1, 5);
    return switch (random.nextInt(9)) {
      case 0, 1, 2 ->
          gate.<Claimed>runCommand(
                  to -> new ApprovalCommand.Claim(operation, attempt, "node-a#1", to))
              .events();
      case 3, 4 ->
          gate.<StatusReply<ApprovalView>>runCommand(to ->
                  new ApprovalCommand.Decide(
                      id,
                      attempt % 2 == 0 ? Decision.APPROVED : Decision.REJECTED,
                      "op",
                      "",
                      null,
                      to))
              .events();
      case 5 ->
          gate.<Done>runCommand(
                  to -> new ApprovalCommand.RecordOutcome(id, outcome(attempt % 2), to))
              .events();
      case 6 -> gate.<Done>runCommand(to -> new ApprovalCommand.Restore(id, to)).events();
      case 7 -> gate.<Claimed>runCommand(to -> new ApprovalCommand.AskAgain(id, to)).events();
      default ->
          gate.<Done>runCommand(to ->
                  new ApprovalCommand.Open(
                      attempt % 2 == 0 ? ApprovalPolicy.ALL : ApprovalPolicy.NONE,
                      Duration.ofHours(1),
                      to))
              .events();
    };
  }

  private Claimed claim(OperationRequest operation, int attempt) {
    return gate.<Claimed>runCommand(
            to -> new ApprovalCommand.Claim(operation, attempt, "node-a#1", to))
        .reply();
  }

  private Claimed askAgain(String approval) {
    return gate.<Claimed>runCommand(to -> new ApprovalCommand.AskAgain(approval, to)).reply();
  }

  private void open(ApprovalPolicy policy) {
    gate.<Done>runCommand(to -> new ApprovalCommand.Open(policy, Duration.ofHours(24), to));
  }

  private void record(String approval, int exitCode) {
    gate.<Done>runCommand(to -> new ApprovalCommand.RecordOutcome(approval, outcome(exitCode), to));
  }

  private static OperationOutcome outcome(int exitCode) {
    return new OperationOutcome(
        new StepResult("block 1", exitCode, Duration.ofMillis(1), "c".repeat(64), 0, null),
        1,
        false);
  }

  private StatusReply<ApprovalView> decide(String approval, Decision decision) {
    return gate.<StatusReply<ApprovalView>>runCommand(
            to -> new ApprovalCommand.Decide(approval, decision, "op", "because", null, to))
        .reply();
  }

  private ApprovalView find(String approval) {
    return gate.<StatusReply<ApprovalView>>runCommand(to -> new ApprovalCommand.Find(approval, to))
        .reply()
        .getValue();
  }

  private static OperationRequest operation(String kind, Risk risk, int epoch) {
    return new OperationRequest(
        "WORKER_001",
        1,
        "d" + kind,
        epoch,
        kind,
        risk,
        "It happens.",
        "true",
        List.of("site"),
        false,
        "/t",
        null);
  }
}
