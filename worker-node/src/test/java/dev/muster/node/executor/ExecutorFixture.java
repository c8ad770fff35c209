package dev.muster.node.executor;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.AgentProgress;
import dev.muster.node.agent.Agents;
import dev.muster.node.agent.PlainBriefing;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.models.pool.ModelSettings;
import dev.muster.node.models.pool.Pools;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.tools.Tool;
import dev.muster.node.workspace.FolderArtifacts;
import dev.muster.node.workspace.TargetFolders;
import dev.muster.node.workspace.Workspace;
import dev.muster.node.workspace.Workspaces;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// A whole executor in a folder of the test, and a worker that acknowledges what it is told.
final class ExecutorFixture implements AutoCloseable {
  final Path root;
  final Path data;
  final Path target;
  final Path home;
  final Sandbox sandbox;
  final FolderArtifacts artifacts;
  final Workspaces workspaces;
  final FakeGate gate = new FakeGate();
  final FakeCommons commons = new FakeCommons();
  final FakeSpawns spawns = new FakeSpawns();
  final Map<String, WorkerInstruction> instructions = new ConcurrentHashMap<>();
  final Map<String, String> texts = new ConcurrentHashMap<>();
  final ActorTestKit actors = ActorTestKit.create();
  final TestProbe<WorkerCommand> worker = actors.createTestProbe();
  final ActorRef<Executor.Command> executor;

  /// Attempt and text of each log that was kept.
  final Map<Integer, String> logs = new ConcurrentHashMap<>();

  final Map<String, String> secrets = new ConcurrentHashMap<>();
  Duration timeLimit = Duration.ofSeconds(30);
  @Nullable String limitFrom;
  @Nullable String noBlocks;
  List<Artifact> inputs = List.of();

  /// What is found by a handover, and by which; null for inputs that are listed, as they once were.
  @Nullable String handover;

  boolean rehearse;
  @Nullable String targetArtifact;
  @Nullable String hidden;
  AgentProgress progress = AgentProgress.NONE;
  @Nullable String lastFailure;
  int attempts;
  int tries;

  ExecutorFixture(Path folder, SandboxMode mode) throws IOException, InterruptedException {
    this(folder, mode, SandboxKind.NONE);
  }

  /// @param kind the only sandbox of this host; `NONE` means all that it has
  ExecutorFixture(Path folder, SandboxMode mode, SandboxKind kind)
      throws IOException, InterruptedException {
    this(folder, mode, kind, agents(ModelSettings.NONE, List.of(), AgentLimits.STANDARD));
  }

  static Agents agents(ModelSettings models, List<Tool> tools, AgentLimits limits) {
    var time = InstantSource.system();
    var pool = ModelPool.overHttp(models, new Pools.LocalDesk(time), time, new Random(1));
    return new Agents(pool, tools, new PlainBriefing(), limits);
  }

  ExecutorFixture(Path folder, SandboxMode mode, SandboxKind kind, Agents agents)
      throws IOException, InterruptedException {
    this.root = folder.toRealPath();
    this.data = Files.createDirectories(root.resolve("data"));
    this.target = Files.createDirectories(root.resolve("project"));
    this.home = Files.createDirectories(root.resolve("home"));
    this.sandbox = SandboxFixture.sandbox(data, mode, kind);
    this.artifacts = new FolderArtifacts(data.resolve("artifacts"), InstantSource.system());
    this.workspaces = new Workspaces(data);
    this.executor =
        actors.spawn(
            Executor.create(
                new ExecutorSettings(2, 100, 100, "node-a#1"),
                new Workplace(
                    workspaces,
                    artifacts,
                    new TargetFolders(data, artifacts),
                    this::shelve,
                    sandbox,
                    SandboxFixture.LIMITS,
                    home,
                    List.of(root.resolve("site")),
                    this::reveal),
                new AttemptSources(
                    new KnownTexts(instructions, texts), this::handedOver, (_, _) -> agents),
                new RunClients(gate, commons, spawns),
                new LoneSeals("node-a"),
                InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"))));
  }

  private String reveal(String name) throws IOException {
    var value = secrets.get(name);
    if (value == null) throw new IOException(Vault.unset(name));
    return value;
  }

  private List<Artifact> handedOver(String run, String digest) {
    if (!digest.equals("run_1's")) throw new IllegalStateException("nothing by " + digest);
    return inputs;
  }

  private void shelve(String run, String worker, int attempt, Workspace workspace) {
    try {
      logs.put(attempt, Files.readString(workspace.log()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An instruction that owes `out.txt` and whose test looks for it.
  WorkerInstruction instruction(Block... blocks) {
    return instruction(
        List.of(blocks), List.of(new Script(1, "test -s out.txt", false)), List.of("out.txt"));
  }

  WorkerInstruction instruction(List<Block> blocks, List<Script> tests, List<String> deliverables) {
    var text = blocks + " " + tests + " " + deliverables;
    var instruction =
        new WorkerInstruction(
            "WORKER_001",
            "Title",
            Sha256.of(text),
            TaskType.MECHANICAL,
            blocks,
            tests,
            deliverables,
            null,
            null,
            timeLimit,
            null,
            null,
            null,
            List.of(),
            limitFrom,
            noBlocks,
            null);
    instructions.put(instruction.digest(), instruction);
    return instruction;
  }

  static Block block(int ordinal, String script) {
    return new Block(ordinal, script, null);
  }

  static Block gated(int ordinal, String script, @Nullable String check, String... writes) {
    var operation =
        new Operation("production_deploy", Risk.ADMIN, List.of(writes), false, List.of(), check);
    return new Block(ordinal, script, operation);
  }

  Assignment assignment(WorkerInstruction instruction) {
    return new Assignment(
            SandboxFixture.RUN,
            "WORKER_001",
            instruction.digest(),
            target.toString(),
            List.of(hidden == null ? data.toString() : hidden),
            handover == null ? inputs : List.of(),
            rehearse,
            3)
        .withTargetArtifact(targetArtifact)
        .withHandover(handover);
  }

  void execute(WorkerInstruction instruction, int attempt, int fromOrdinal, int firstNumber) {
    execute(instruction, attempt, fromOrdinal, firstNumber, null);
  }

  void execute(
      WorkerInstruction instruction,
      int attempt,
      int fromOrdinal,
      int firstNumber,
      @Nullable Frozen frozen) {
    executor.tell(
        new Executor.Execute(
            assignment(instruction),
            attempt,
            1,
            fromOrdinal,
            firstNumber,
            worker.ref(),
            tries,
            frozen,
            progress,
            lastFailure));
  }

  /// What the next attempt reports that takes up what was asked about.
  List<AttemptReport> reports(WorkerInstruction instruction, @Nullable Frozen frozen) {
    execute(instruction, ++attempts, 1, 1, frozen);
    return untilTheEnd();
  }

  /// Everything the next attempt reports.
  List<AttemptReport> reports(WorkerInstruction instruction) {
    execute(instruction, ++attempts, 1, 1);
    return untilTheEnd();
  }

  AttemptReport end(WorkerInstruction instruction) {
    return reports(instruction).getLast();
  }

  List<AttemptReport> untilTheEnd() {
    var all = new ArrayList<AttemptReport>();
    while (true) {
      var report = next();
      report.replyTo().tell(Done.getInstance());
      all.add(report.report());
      switch (report.report()) {
        case AttemptReport.Stepped(var step) -> progress = progress.after(step);
        case AttemptReport.StepDone _,
            AttemptReport.Validating _,
            AttemptReport.ValidatingAfter _ -> {}
        case AttemptReport.NeedsDecision _,
            AttemptReport.Parked _,
            AttemptReport.Awaiting _,
            AttemptReport.Succeeded _,
            AttemptReport.Unsuccessful _,
            AttemptReport.Interrupted _ -> {
          return all;
        }
      }
    }
  }

  Report next() {
    return (Report) worker.receiveMessage(Duration.ofSeconds(30));
  }

  Occupancy occupancy() {
    TestProbe<Occupancy> probe = actors.createTestProbe();
    executor.tell(new Executor.Describe(probe.ref()));
    return probe.receiveMessage();
  }

  Path work(int attempt) {
    return data.resolve(
        "workspaces/" + SandboxFixture.RUN + "/WORKER_001/attempt-" + attempt + "/work");
  }

  @Override
  public void close() {
    actors.shutdownTestKit();
    sandbox.close();
  }
}
