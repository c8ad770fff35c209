package dev.muster.node.worker;

import com.typesafe.config.ConfigFactory;
import dev.muster.node.executor.Executor;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.proof.Seals;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResult;

/// One worker over an in-memory journal, with probes for everyone it talks to.
final class WorkerHarness implements AutoCloseable {
  static final String ENTITY = "run_1/WORKER_001";
  static final String SHA = "b".repeat(64);
  static final Receipt RECEIPT =
      new Receipt(SHA, List.of(new Artifact("a.txt", SHA, 1, false)), List.of(), false, null);
  static final StepResult BLOCK = new StepResult("block 1", 0, Duration.ofMillis(5), SHA, 0, null);
  static final AttemptReport STEP = new AttemptReport.StepDone(BLOCK);
  static final Frozen FROZEN = new Frozen(2, 1, "basis", SHA);
  static final AttemptReport HELD =
      new AttemptReport.NeedsDecision(2, "apr_1_a", "production_deploy", SHA, FROZEN);
  static final List<String> COMMANDS =
      List.of(
          "run", "pause", "cancel", "reopen", "report", "decided", "elapsed", "rest", "describe");

  private static final List<Decision> DECISIONS = List.of(Decision.values());
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /// Time stands still, so that no timer of the entity fires by itself.
  private static final RetryPolicy NEVER =
      new RetryPolicy(Duration.ofHours(1), Duration.ofHours(1));

  final Departures departures = new Departures();
  final TestProbe<Executor.Command> executor;
  final TestProbe<ApprovalCommand> gate;
  final TestProbe<RunCommand> run;
  final TestProbe<Done> acknowledged;
  private final TestProbe<ClusterSharding.ShardCommand> shard;
  private final TestProbe<WorkerCommand> self;

  private final EventSourcedBehaviorTestKit<WorkerCommand, WorkerEvent, WorkerState> worker;
  final Seals seals = new LoneSeals("node-a");
  final List<String> refused = new ArrayList<>();
  private String incarnation = "first";
  private long revision;
  private boolean rehearse;

  /// Starting an actor system takes longer than most tests, so that a class shares one.
  static ActorTestKit actors() {
    return ActorTestKit.create(
        EventSourcedBehaviorTestKit.config()
            .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING")));
  }

  WorkerHarness(ActorTestKit actors) {
    executor = actors.createTestProbe();
    gate = actors.createTestProbe();
    run = actors.createTestProbe();
    acknowledged = actors.createTestProbe();
    shard = actors.createTestProbe();
    self = actors.createTestProbe();
    worker =
        EventSourcedBehaviorTestKit.create(
            actors.system(),
            behavior(),
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                .withVerifyEquality(true)
                .withVerifyCommands(false)
                .withVerifyState(false));
    worker.clear(); // an earlier test's worker has the same name
  }

  private Behavior<WorkerCommand> behavior() {
    return Behaviors.setup(_ -> onThisIncarnation());
  }

  private Behavior<WorkerCommand> onThisIncarnation() {
    return Worker.create(
        ENTITY,
        shard.ref(),
        executor.ref(),
        new Links(run.ref(), gate.ref(), self.ref()),
        new NodeIdentity("node-a", incarnation),
        NEVER,
        new Witness(seals, (who, what, why) -> refused.add(why)),
        departures,
        InstantSource.fixed(NOW));
  }

  private record Links(
      RecipientRef<RunCommand> runRef,
      RecipientRef<ApprovalCommand> gateRef,
      RecipientRef<WorkerCommand> selfRef)
      implements WorkerLinks {
    @Override
    public RecipientRef<RunCommand> run(String name) {
      return runRef;
    }

    @Override
    public RecipientRef<ApprovalCommand> gate(String name) {
      return gateRef;
    }

    @Override
    public RecipientRef<WorkerCommand> worker(String entityId) {
      return selfRef;
    }
  }

  WorkerState state() {
    return worker.getState();
  }

  CommandResult<WorkerCommand, WorkerEvent, WorkerState> assign(Wish wish) {
    return assignAt(++revision, 0, wish);
  }

  CommandResult<WorkerCommand, WorkerEvent, WorkerState> assignAt(
      long atRevision, int epoch, Wish wish) {
    return worker.runCommand(
        new Assign(assignment("run_1", "WORKER_001", rehearse), atRevision, epoch, wish));
  }

  CommandResult<WorkerCommand, WorkerEvent, WorkerState> assignTo(String run, String id) {
    return worker.runCommand(new Assign(assignment(run, id, rehearse), 100, 0, Wish.RUN));
  }

  WorkerHarness rehearse() {
    rehearse = true;
    return this;
  }

  CommandResult<WorkerCommand, WorkerEvent, WorkerState> report(
      int attempt, int number, AttemptReport report) {
    return reportAsIs(attempt, number, attested(attempt, report));
  }

  CommandResult<WorkerCommand, WorkerEvent, WorkerState> reportAsIs(
      int attempt, int number, AttemptReport report) {
    return worker.runCommand(new WorkerCommand.Report(attempt, number, report, acknowledged.ref()));
  }

  /// As the node that carries out the attempt says it.
  Receipt attested(int attempt, Receipt receipt) {
    return Attestation.attest(seals, "run_1", "WORKER_001", attempt, receipt, NOW);
  }

  private AttemptReport attested(int attempt, AttemptReport report) {
    return report instanceof AttemptReport.Succeeded(var receipt) && receipt.attested() == null
        ? new AttemptReport.Succeeded(attested(attempt, receipt))
        : report;
  }

  void decided(String approval, Decision decision) {
    worker.runCommand(new WorkerCommand.Decided(approval, decision, "because"));
  }

  void backoffElapsed(int attempt) {
    worker.runCommand(new WorkerCommand.BackoffElapsed(attempt));
  }

  void restart() {
    worker.restart();
  }

  void restartOnAnotherIncarnation() {
    incarnation = "second";
    worker.restart();
  }

  /// Lets what the worker has told itself on recovery arrive.
  void settleDown() {
    worker.runCommand(new WorkerCommand.Rest());
    worker.<WorkerStatus>runCommand(WorkerCommand.Describe::new);
  }

  /// The last of the given number of things the run was told.
  WorkerStatus reported(int number) {
    var messages = run.receiveSeveralMessages(number);
    return ((WorkerReported) messages.getLast()).status();
  }

  /// Sends one random command and says which.
  String anyCommand(SplittableRandom random) {
    var command = COMMANDS.get(random.nextInt(COMMANDS.size()));
    switch (command) {
      case "run" -> assign(Wish.RUN);
      case "pause" -> assign(Wish.PAUSE);
      case "cancel" -> {
        if (random.nextInt(3) == 0) assign(Wish.CANCEL);
        else return anyCommand(random);
      }
      case "reopen" -> assignAt(++revision, (int) revision, Wish.RUN);
      case "report" -> report(nearAttempt(random), random.nextInt(1, 9), anyReport(random));
      case "decided" -> decided("apr_1_a", DECISIONS.get(random.nextInt(DECISIONS.size())));
      case "elapsed" -> backoffElapsed(nearAttempt(random));
      case "rest" -> worker.runCommand(new WorkerCommand.Rest());
      case "describe" -> worker.<WorkerStatus>runCommand(WorkerCommand.Describe::new);
      default -> throw new IllegalStateException(command);
    }
    return command;
  }

  /// Mostly the attempt that is under way, sometimes an old or a wrong one.
  private int nearAttempt(SplittableRandom random) {
    var current = state() instanceof WorkerState.Living living ? living.life().attempt() : 1;
    return Math.max(1, random.nextInt(4) == 0 ? random.nextInt(6) : current);
  }

  private static AttemptReport anyReport(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> new AttemptReport.Succeeded(RECEIPT);
      case 1 -> new AttemptReport.Unsuccessful("exit 1", random.nextBoolean(), null);
      case 2, 3 -> new AttemptReport.Interrupted("lost");
      case 4, 5, 6 -> HELD;
      case 7, 8 -> new AttemptReport.Validating();
      case 9 -> new AttemptReport.ValidatingAfter(BLOCK);
      default -> STEP;
    };
  }

  private static Assignment assignment(String run, String id, boolean rehearse) {
    return new Assignment(run, id, SHA, "/t", List.of(), List.of(), rehearse, 3);
  }

  @Override
  public void close() {
    worker.clear();
    for (var probe : List.of(executor, gate, run, acknowledged, shard, self)) probe.stop();
  }
}
