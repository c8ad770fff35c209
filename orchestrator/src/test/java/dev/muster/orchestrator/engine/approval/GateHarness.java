package dev.muster.orchestrator.engine.approval;

import com.typesafe.config.ConfigFactory;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalEvent;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.jspecify.annotations.Nullable;

/// One gate over an in-memory journal, and a clock that is held by hand.
final class GateHarness {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final OperationRequest DEPLOY = operation("production_deploy", Risk.ADMIN, 0);

  /// So often that most restarts begin with a snapshot, and replay some events after it.
  private static final int SNAPSHOT_EVERY = 4;

  final List<ApprovalView> told = new ArrayList<>();
  Instant now = NOW;

  /// What becomes of the proof of every decision.
  CompletionStage<@Nullable String> proof = CompletableFuture.completedFuture(null);

  final EventSourcedBehaviorTestKit<ApprovalCommand, ApprovalEvent, GateState> gate;

  /// Starting an actor system takes longer than most tests, so that a class shares one.
  static ActorTestKit actors() {
    return ActorTestKit.create(
        EventSourcedBehaviorTestKit.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING")));
  }

  GateHarness(ActorTestKit actors) {
    this(actors, "run_1");
  }

  GateHarness(ActorTestKit actors, String name) {
    this(actors, name, ApprovalRules.STANDARD);
  }

  GateHarness(ActorTestKit actors, String name, ApprovalRules rules) {
    gate =
        EventSourcedBehaviorTestKit.create(
            actors.system(),
            ApprovalGate.create(
                name, told::add, _ -> {}, (_, _) -> proof, rules, () -> now, SNAPSHOT_EVERY),
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                .withVerifyEquality(true)
                .withVerifyCommands(false)
                .withVerifyState(false));
    gate.clear(); // an earlier test's gate has the same name
  }

  Claimed claim(OperationRequest operation, int attempt) {
    return gate.<Claimed>runCommand(
            to -> new ApprovalCommand.Claim(operation, attempt, "node-a#1", to))
        .reply();
  }

  Claimed askAgain(String approval) {
    return gate.<Claimed>runCommand(to -> new ApprovalCommand.AskAgain(approval, null, to)).reply();
  }

  void open(ApprovalPolicy policy) {
    gate.<Done>runCommand(to -> new ApprovalCommand.Open(policy, Duration.ofHours(24), to));
  }

  void record(String approval, int exitCode) {
    gate.<Done>runCommand(to -> new ApprovalCommand.RecordOutcome(approval, outcome(exitCode), to));
  }

  static OperationOutcome outcome(int exitCode) {
    return new OperationOutcome(
        new StepResult("block 1", exitCode, Duration.ofMillis(1), "c".repeat(64), 0, null),
        1,
        false);
  }

  StatusReply<ApprovalView> decide(String approval, Decision decision) {
    return gate.<StatusReply<ApprovalView>>runCommand(
            to -> new ApprovalCommand.Decide(approval, decision, "op", "because", null, to))
        .reply();
  }

  /// @param askers none means everybody
  void close(String... askers) {
    gate.runCommand(
        new ApprovalCommand.Close(List.of(askers), "operator", "its run was cancelled"));
  }

  ApprovalView find(String approval) {
    return gate.<StatusReply<ApprovalView>>runCommand(to -> new ApprovalCommand.Find(approval, to))
        .reply()
        .getValue();
  }

  static OperationRequest operation(String kind, Risk risk, int epoch) {
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
