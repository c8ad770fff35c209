package dev.muster.node.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.sandbox.SandboxProbe;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.TimeBudget;
import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.Digests;
import dev.muster.node.workspace.FolderArtifactStore;
import dev.muster.node.workspace.Workspace;
import dev.muster.node.workspace.Workspaces;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Receipt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatorTest {
  @TempDir Path folder;
  private Sandbox sandbox;
  private FolderArtifactStore artifacts;
  private Workspace workspace;
  private Path target;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(SandboxFixture.hostHasBubblewrap(), "no bubblewrap works on this host");
    var data = Files.createDirectories(folder.toRealPath().resolve("data"));
    target = Files.createDirectories(folder.toRealPath().resolve("project"));
    sandbox = new SandboxProbe(SandboxFixture.LIMITS, data).open(SandboxMode.REQUIRE);
    artifacts = new FolderArtifactStore(data.resolve("artifacts"));
    workspace = new Workspaces(data).prepare("run_1", "WORKER_001", 1, List.of(), artifacts);
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

  private Receipt validate(List<String> deliverables, String... tests) throws Exception {
    var budget = new TimeBudget(Duration.ofSeconds(20), Duration.ZERO);
    var clock = InstantSource.fixed(Instant.EPOCH);
    try (var log = new AttemptLog(workspace.log(), clock)) {
      var steps = new Steps(sandbox, SandboxFixture.LIMITS, workspace, log, budget);
      var job =
          Job.plain(
              new Job.Names("run_1", "WORKER_001", 1),
              workspace.work(),
              workspace.inputs(),
              workspace.scratch(),
              target,
              List.of());
      return new Validator(artifacts)
          .validate(instruction(deliverables, tests), workspace, steps, job)
          .receipt();
    }
  }

  @Test
  void aReceiptSaysWhatWasTestedHowAndWhatCameOut() throws Exception {
    var receipt = validate(List.of("out.txt", "results.json"), "grep -q result out.txt; echo fine");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isFalse();
    assertThat(receipt.instructionSha256()).isEqualTo("digest");
    var deliverable = receipt.deliverables().getFirst();
    assertThat(deliverable.sha256()).isEqualTo(Digests.ofText("result"));
    assertThat(artifacts.holds(deliverable.sha256())).isTrue();
    var tested = receipt.tests().getFirst();
    assertThat(tested.command()).isEqualTo("bash -eo pipefail test-1.sh");
    assertThat(tested.scriptSha256())
        .isEqualTo(Digests.ofText("grep -q result out.txt; echo fine"));
    assertThat(tested.result().outputSha256()).isEqualTo(Digests.ofText("fine\n"));
    assertThat(workspace.folder().resolve("validation")).doesNotExist();
  }

  @Test
  void aFailingTestFailsAndTheOnesAfterItDoNotRun() throws Exception {
    var receipt = validate(List.of("out.txt"), "true", "echo no luck; exit 3", "true");
    assertThat(receipt.failure()).isEqualTo("test 2 ended with exit 3; its last line: no luck");
    assertThat(receipt.tests()).hasSize(2);
    assertThat(artifacts.holds(receipt.deliverables().getFirst().sha256())).isFalse();
  }

  @Test
  void aLineThatBeginsWithFailFailsAlthoughTheTestEndsWell() throws Exception {
    assertThat(validate(List.of("out.txt"), "echo 'no FAIL here'; echo ok").passed()).isTrue();
    assertThat(validate(List.of("out.txt"), "test -f x || echo 'FAIL: x is missing'").failure())
        .isEqualTo(
            "test 1 ended with exit 0, and printed a line that begins with FAIL: FAIL: x is"
                + " missing");
    assertThat(validate(List.of("out.txt"), "printf 'PASSED: 12\nFAILED: 0\n'").passed()).isTrue();
    assertThat(validate(List.of("out.txt"), "printf 'FAILED: 0\nFAILED: 1\n'").failure())
        .endsWith("begins with FAIL: FAILED: 1");
    assertThat(validate(List.of("out.txt"), "printf 'ok\\nFAIL'").passed()).isFalse();
    assertThat(
            validate(List.of("out.txt"), "head -c 2M /dev/zero | tr '\\0' x; printf '\\nFAIL'")
                .passed())
        .isFalse();
  }

  @Test
  void aMissingDeliverableFailsBeforeAnyTestRuns() throws Exception {
    var receipt = validate(List.of("out.txt", "docs/missing.md"), "true");
    assertThat(receipt.failure())
        .isEqualTo("the deliverable `docs/missing.md` is missing from the workspace");
    assertThat(receipt.tests()).isEmpty();
  }

  @Test
  void aDeliverableThatChangesUnderTheTestFailsAndTheOriginalStays() throws Exception {
    for (var test :
        List.of(
            "echo x >> out.txt", "rm out.txt", "chmod +x out.txt", "ln -sf /etc/passwd out.txt")) {
      assertThat(validate(List.of("out.txt"), test).failure())
          .as(test)
          .contains("under the test 1");
    }
    assertThat(workspace.work().resolve("out.txt")).hasContent("result");
    assertThat(validate(List.of("out.txt"), "echo x > other").passed()).isTrue();
    assertThat(workspace.work().resolve("other")).doesNotExist();
  }

  @Test
  void aLinkIsNoDeliverable() throws Exception {
    Files.createSymbolicLink(workspace.work().resolve("link"), Path.of("/etc/shadow"));
    Files.createSymbolicLink(workspace.work().resolve("up"), Path.of("../.."));
    for (var path : List.of("link", "up/attempt-1/attempt.log", "../attempt.log", "/etc/passwd")) {
      assertThat(validate(List.of(path), "true").failure())
          .as(path)
          .startsWith("the deliverable `" + path + "` cannot be taken:");
    }
  }

  @Test
  void aFolderIsDeliveredFileByFile() throws Exception {
    Files.createDirectories(workspace.work().resolve("docs/deep"));
    Files.writeString(workspace.work().resolve("docs/b.md"), "b");
    Files.writeString(workspace.work().resolve("docs/deep/a.md"), "a");
    var receipt = validate(List.of("docs/", "docs/b.md"), "true");
    assertThat(receipt.deliverables())
        .extracting(deliverable -> deliverable.path())
        .containsExactly("docs/b.md", "docs/deep/a.md");
  }

  @Test
  void aTestThatCannotFailMakesTheVerdictWeak() throws Exception {
    var receipt = validate(List.of("out.txt"), "true", "grep x out.txt || true");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isTrue();
  }

  @Test
  void theWorkerCannotStandInForTheTest() throws Exception {
    Files.writeString(workspace.work().resolve("test-1.sh"), "exit 0\n");
    Files.writeString(workspace.work().resolve("bash"), "#!/bin/sh\nexit 0\n");
    Files.writeString(workspace.work().resolve(".bashrc"), "exit 0\n");
    assertThat(validate(List.of("out.txt"), "exit 9").failure()).contains("exit 9");
  }

  @Test
  void nothingIsPermittedToATest() throws Exception {
    assertThat(validate(List.of("out.txt"), "echo x > $MUSTER_TARGET/x").passed()).isFalse();
    assertThat(target).isEmptyDirectory();
  }
}
