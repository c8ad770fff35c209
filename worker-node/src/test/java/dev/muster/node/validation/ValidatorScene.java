package dev.muster.node.validation;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.TimeBudget;
import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.FolderArtifacts;
import dev.muster.node.workspace.Workspace;
import dev.muster.node.workspace.Workspaces;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A workspace that holds `out.txt`, and a validator of it.
@ResourceLock(SandboxFixture.ALONE)
abstract class ValidatorScene {
  @TempDir Path folder;
  private Sandbox sandbox;
  FolderArtifacts artifacts;
  Workspace workspace;
  Path target;
  final List<String> logWhenEnded = new ArrayList<>();
  boolean storedWhenEnded;

  /// The best of this host.
  SandboxKind kind() {
    return SandboxKind.NONE;
  }

  @BeforeEach
  void open() throws Exception {
    var data = Files.createDirectories(folder.toRealPath().resolve("data"));
    target = Files.createDirectories(folder.toRealPath().resolve("project"));
    sandbox = SandboxFixture.sandbox(data, SandboxMode.REQUIRE, kind());
    artifacts = new FolderArtifacts(data.resolve("artifacts"), InstantSource.system());
    workspace =
        new Workspaces(data).prepare(SandboxFixture.RUN, "WORKER_001", 1, List.of(), artifacts);
    Files.writeString(workspace.work().resolve("out.txt"), "result");
  }

  @AfterEach
  void close() {
    if (sandbox != null) sandbox.close();
  }

  private static WorkerInstruction instruction(List<String> deliverables, String... tests) {
    var scripts = new ArrayList<Script>();
    for (var test : tests) {
      scripts.add(new Script(scripts.size() + 1, test, test.contains("|| true")));
    }
    return new WorkerInstruction(
        "WORKER_001",
        "Title",
        "digest",
        TaskType.MECHANICAL,
        List.of(),
        scripts,
        deliverables,
        "results.json",
        null,
        Duration.ofSeconds(20),
        null,
        null,
        null);
  }

  Receipt validate(List<String> deliverables, String... tests) throws Exception {
    var budget = new TimeBudget(Duration.ofSeconds(20), Duration.ZERO);
    var clock = InstantSource.fixed(Instant.EPOCH);
    try (var log = new AttemptLog(workspace.log(), clock)) {
      var steps = new Steps(sandbox, SandboxFixture.LIMITS, workspace, log, budget);
      var job =
          Job.plain(
              new Job.Names(SandboxFixture.RUN, "WORKER_001", 1),
              workspace.work(),
              workspace.inputs(),
              workspace.scratch(),
              target,
              List.of());
      return new Validator(artifacts)
          .validate(instruction(deliverables, tests), workspace, steps, job, this::ended)
          .receipt();
    }
  }

  private void ended() {
    try {
      logWhenEnded.add(Files.readString(workspace.log()));
      storedWhenEnded |= artifacts.holds(Sha256.of("result"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
