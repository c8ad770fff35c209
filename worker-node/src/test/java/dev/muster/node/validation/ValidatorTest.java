package dev.muster.node.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.NeedsSandbox;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@NeedsSandbox
@ResourceLock(SandboxFixture.ALONE)
class ValidatorTest {
  @TempDir Path folder;
  private Sandbox sandbox;
  private FolderArtifacts artifacts;
  private Workspace workspace;
  private Path target;
  private final List<String> logWhenEnded = new ArrayList<>();
  private boolean storedWhenEnded;

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

  private Receipt validate(List<String> deliverables, String... tests) throws Exception {
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

  @Test
  void thatNoTestRunsAnyMoreIsToldOnceBeforeAnythingIsStored() throws Exception {
    Files.writeString(workspace.work().resolve("helper.sh"), "echo help");
    assertThat(validate(List.of("out.txt"), "bash helper.sh").weak()).isTrue();
    assertThat(logWhenEnded)
        .singleElement()
        .satisfies(log -> assertThat(log).contains("once more").endsWith("5 bytes printed\n"));
    assertThat(storedWhenEnded).isFalse();
    assertThat(artifacts.holds(Sha256.of("result"))).isTrue();
  }

  @Test
  void aReceiptSaysWhatWasTestedHowAndWhatCameOut() throws Exception {
    var receipt = validate(List.of("out.txt", "results.json"), "grep -q result out.txt; echo fine");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isFalse();
    assertThat(receipt.instructionSha256()).isEqualTo("digest");
    var deliverable = receipt.deliverables().getFirst();
    assertThat(deliverable.sha256()).isEqualTo(Sha256.of("result"));
    assertThat(artifacts.holds(deliverable.sha256())).isTrue();
    var tested = receipt.tests().getFirst();
    assertThat(tested.command()).isEqualTo("bash -eo pipefail test-1.sh");
    assertThat(tested.scriptSha256()).isEqualTo(Sha256.of("grep -q result out.txt; echo fine"));
    assertThat(tested.result().outputSha256()).isEqualTo(Sha256.of("fine\n"));
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
  void aRunnerThatFoundNothingToRunMakesTheVerdictWeak() throws Exception {
    var receipt = validate(List.of("out.txt"), "echo 'Ran 0 tests in 0.000s'");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isTrue();
    assertThat(receipt.weakBecause())
        .isEqualTo("test 1 found no tests to run: Ran 0 tests in 0.000s");
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

  @Test
  void whatIsNotDeclaredCannotStandInForTheWork() throws Exception {
    Files.writeString(workspace.work().resolve("helper.sh"), "exit 0");
    var receipt = validate(List.of("out.txt"), "bash helper.sh; grep -q result out.txt");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isTrue();
    assertThat(receipt.weakBecause()).contains("neither declared nor inputs");
    assertThat(Files.readString(workspace.log()))
        .contains(
            "with the declared deliverables and the inputs alone: test 1 ended with exit 127");
  }

  @Test
  void theTestsSeeWhatWasDeclaredAndHandedInAndNothingElse() throws Exception {
    Files.createDirectories(workspace.work().resolve("a/b"));
    Files.writeString(workspace.work().resolve("a/b/f"), "deep");
    Files.writeString(workspace.work().resolve("a/other"), "x");
    Files.writeString(workspace.work().resolve(".gitconfig"), "x");
    Files.writeString(workspace.inputs().resolve("in.txt"), "as given");
    Files.writeString(workspace.work().resolve("in.txt"), "changed");
    var receipt =
        validate(
            List.of("out.txt", "a/b"),
            "find . -mindepth 1 | sort | tr '\\n' ' ' | grep -qx './a ./a/b ./a/b/f ./in.txt"
                + " ./out.txt '",
            "grep -qx 'as given' in.txt");
    assertThat(receipt.failure()).isNull();
    assertThat(receipt.weak()).isFalse();
  }

  @Test
  void aTestThatFailsIsNotRunAgainWhereThereIsNothingElse() throws Exception {
    var receipt = validate(List.of("out.txt"), "grep -q nothing out.txt");
    assertThat(receipt.passed()).isFalse();
    assertThat(receipt.weak()).isFalse();
    assertThat(Files.readString(workspace.log())).doesNotContain("once more");
  }

  @Test
  void interpretersDoNotReadWhatAWorkerLeftForThem() throws Exception {
    assumeThat(Path.of("/usr/bin/python3")).exists();
    Files.createDirectories(workspace.work().resolve("pkg"));
    Files.writeString(workspace.work().resolve("app.py"), "answer = 42");
    Files.writeString(workspace.work().resolve("pkg/mod.py"), "answer = 43");
    Files.writeString(
        workspace.work().resolve("pkg/run.py"),
        "import json, mod; assert mod.answer == 43; json.dumps(1)");
    Files.writeString(workspace.work().resolve("json.py"), "loads = lambda text: {'ok': True}");
    var declared = List.of("out.txt", "app.py", "pkg");
    var honest =
        validate(
            declared,
            "/usr/bin/python3 -c 'import app; assert app.answer == 42'; /usr/bin/python3"
                + " pkg/run.py");
    assertThat(honest.failure()).isNull();
    assertThat(honest.weak()).isFalse();
    var steered =
        validate(declared, "/usr/bin/python3 -c 'import json; assert json.loads(\"{}\")[\"ok\"]'");
    assertThat(steered.passed()).isFalse();
  }

  @Test
  void aReceiptHoldsSoMuchAndSaysWhatWasCut() throws Exception {
    var out = Files.createDirectory(workspace.work().resolve("many"));
    var name = "n".repeat(200);
    for (var i = 0; i < 3_000; i++) Files.createFile(out.resolve(name + i));
    var receipt = validate(List.of("many"), "test -d many");
    assertThat(receipt.failure())
        .contains("at least 3000 files")
        .contains("1024 KiB")
        .contains("deliver them in an archive");
    assertThat(receipt.deliverables()).hasSize(100);
    for (var i = 2_500; i < 3_000; i++) Files.delete(out.resolve(name + i));
    var fits = validate(List.of("many"), "test -d many");
    assertThat(fits.failure()).isNull();
    assertThat(fits.deliverables()).hasSize(2_500);
  }
}
