package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.AttemptReport.Interrupted;
import dev.muster.protocol.worker.AttemptReport.StepDone;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.AttemptReport.ValidatingAfter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsSandbox
@ResourceLock(SandboxFixture.ALONE)
class ExecutorTest {
  @TempDir Path folder;
  private ExecutorFixture it;

  /// The best of this host.
  SandboxKind kind() {
    return SandboxKind.NONE;
  }

  @BeforeEach
  void open() throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.REQUIRE, kind());
  }

  @AfterEach
  void close() {
    if (it != null) it.close();
  }

  @Test
  void blocksRunInOrderAndTheTestsProveTheWork() throws Exception {
    var instruction =
        it.instruction(block(1, "echo one > out.txt"), block(2, "echo two >> out.txt"));
    var reports = it.reports(instruction);

    assertThat(reports).hasSize(3);
    assertThat(reports.get(0)).isInstanceOf(StepDone.class);
    assertThat(((ValidatingAfter) reports.get(1)).last().name()).isEqualTo("block 2");
    var receipt = ((Succeeded) reports.get(2)).receipt();
    assertThat(receipt.instructionSha256()).isEqualTo(instruction.digest());
    assertThat(receipt.tests()).singleElement().matches(test -> test.result().passed());
    var artifact = receipt.deliverables().getFirst();
    assertThat(artifact.path()).isEqualTo("out.txt");
    assertThat(artifact.sha256()).isEqualTo(Sha256.of("one\ntwo\n"));
    assertThat(content(artifact)).isEqualTo("one\ntwo\n");
    assertThat(it.logs.get(1)).contains("block 1", "block 2", "test 1: exit 0");
    await().until(() -> it.occupancy().busy() == 0);
  }

  @Test
  void theFirstFailingBlockEndsTheAttempt() {
    var reports =
        it.reports(it.instruction(block(1, "echo why >&2; exit 7"), block(2, "touch out.txt")));
    assertThat(reports).hasSize(2);
    assertThat(reports.getLast())
        .isEqualTo(new Unsuccessful("block 1 ended with exit 7; its last line: why", true, null));
    assertThat(it.work(1).resolve("out.txt")).doesNotExist();
  }

  @Test
  void aBlockThatMissesTheNetworkHearsHowToGetIt() {
    var reports =
        it.reports(
            it.instruction(block(1, "echo 'curl: (6) Could not resolve host: x.example'; exit 6")));
    assertThat(reports.getLast())
        .isInstanceOfSatisfying(
            Unsuccessful.class,
            end -> assertThat(end.reason()).contains("block 1 ended with exit 6", "network=true"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "run_1's")
  void inputsLieAtTheirOwnPathsAndAmongTheInputs(@Nullable String handover) throws Exception {
    it.handover = handover;
    var file = Files.writeString(it.root.resolve("a"), "input");
    it.inputs = List.of(it.artifacts.put(file, "docs/a.txt"));
    var end =
        it.end(
            it.instruction(
                block(1, "cmp docs/a.txt $MUSTER_INPUTS/docs/a.txt; cp docs/a.txt out.txt"),
                block(2, "echo changed > docs/a.txt; ! echo x > $MUSTER_INPUTS/docs/a.txt")));
    assertThat(end).isInstanceOf(Succeeded.class);
    assertThat(content(it.inputs.getFirst())).isEqualTo("input");
  }

  @Test
  void anAttemptWhoseInputsCannotBeLookedUpIsInterrupted() {
    it.handover = "another's";
    assertThat(it.end(it.instruction(block(1, "touch out.txt"))))
        .isInstanceOfSatisfying(
            Interrupted.class, end -> assertThat(end.reason()).contains("nothing by another's"));
  }

  @Test
  void nothingIsExecutedWithoutATestOrABlockOrForARehearsal() {
    var script = block(1, "touch $MUSTER_TARGET/x; touch out.txt");
    assertThat(it.end(it.instruction(List.of(script), List.of(), List.of())))
        .isEqualTo(
            new Unsuccessful(
                "WORKER_001 has no TEST_PROCESS script, so nothing can prove its work",
                false,
                null));
    assertThat(it.end(it.instruction()))
        .isEqualTo(
            new Unsuccessful(
                "WORKER_001 has no EXECUTION section, and says nothing to an agent", false, null));
    it.noBlocks = "its EXECUTION holds only blocks that are not run, marked python (a.md:9)";
    assertThat(((Unsuccessful) it.end(it.instruction())).reason())
        .isEqualTo(
            "WORKER_001 cannot be carried out: its EXECUTION holds only blocks that are not run,"
                + " marked python (a.md:9), and says nothing to an agent");
    it.rehearse = true;
    assertThat(it.end(it.instruction(script)))
        .isEqualTo(new Unsuccessful("a rehearsal executes nothing", false, null));
    assertThat(it.work(1)).doesNotExist();
  }

  @Test
  void aReportIsRepeatedUntilItIsAcknowledgedAndKeepsItsNumber() {
    it.execute(it.instruction(block(1, "touch out.txt")), 1, 1, 5);
    var first = it.next();
    var again = it.next();
    assertThat(first.number()).isEqualTo(5);
    assertThat(again.number()).isEqualTo(5);
    assertThat(again.report()).isEqualTo(first.report());
    again.replyTo().tell(Done.getInstance());
    first.replyTo().tell(Done.getInstance());
    assertThat(it.next().number()).isEqualTo(6);
  }

  @Test
  void executingAKnownAttemptAgainIsHarmless() {
    var instruction = it.instruction(block(1, "sleep 0.5; echo x >> out.txt"));
    for (var i = 0; i < 5; i++) it.execute(instruction, 1, 1, 1);
    var reports = it.untilTheEnd();
    assertThat(((Succeeded) reports.getLast()).receipt().deliverables().getFirst().bytes())
        .isEqualTo(2);
    it.worker.expectNoMessage(Duration.ofMillis(300));
  }

  @Test
  void cancellingKillsTheProcessAndSaysNothing() {
    it.execute(it.instruction(block(1, "sleep 984.1")), 1, 1, 1);
    await().until(() -> !SandboxFixture.processesWith("sleep\000984.").isEmpty());
    it.executor.tell(new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", 1));
    await().until(() -> it.occupancy().busy() == 0);
    assertThat(SandboxFixture.processesWith("sleep\000984.")).isEmpty();
    it.worker.expectNoMessage(Duration.ofMillis(300));
  }

  @Test
  void anAttemptNobodyKnowsIsInterrupted() {
    it.executor.tell(
        new Executor.AskFor(SandboxFixture.RUN + "/WORKER_009", 3, 8, it.worker.ref()));
    var report = it.next();
    assertThat(report.attempt()).isEqualTo(3);
    assertThat(report.number()).isEqualTo(8);
    assertThat(report.report()).isEqualTo(new Interrupted("this node does not know attempt 3"));
  }

  @Test
  void askingForAKnownAttemptChangesNothing() {
    it.execute(it.instruction(block(1, "sleep 0.3; touch out.txt; echo x > out.txt")), 1, 1, 1);
    it.executor.tell(
        new Executor.AskFor(SandboxFixture.RUN + "/WORKER_001", 1, 1, it.worker.ref()));
    assertThat(it.untilTheEnd().getLast()).isInstanceOf(Succeeded.class);
  }

  @Test
  void anAttemptWhoseWorkspaceIsGoneIsInterrupted() {
    it.execute(it.instruction(block(1, "true"), block(2, "true")), 1, 2, 1);
    assertThat(it.untilTheEnd())
        .containsExactly(new Interrupted("the workspace of attempt 1 is not on this node"));
  }

  @Test
  void drainingStopsWhatRunsAndInterruptsWhatWaits() {
    it.execute(it.instruction(block(1, "sleep 983.1")), 1, 1, 1);
    await().until(() -> !SandboxFixture.processesWith("sleep\000983.").isEmpty());
    TestProbe<Done> drained = it.actors.createTestProbe();
    it.executor.tell(new Executor.Drain(Duration.ofMillis(100), drained.ref()));
    drained.receiveMessage(Duration.ofMinutes(1));
    assertThat(it.untilTheEnd()).containsExactly(new Interrupted("the node stops"));
    it.execute(it.instruction(block(1, "true")), 2, 1, 1);
    assertThat(it.untilTheEnd()).containsExactly(new Interrupted("the node takes no more work"));
    assertThat(SandboxFixture.processesWith("sleep\000983.")).isEmpty();
  }

  @Test
  void theTimeLimitHoldsForTheWholeAttempt() {
    it.timeLimit = Duration.ofSeconds(5);
    it.limitFrom = "the degradation limit, a.md:7";
    var end = it.end(it.instruction(block(1, "sleep 3"), block(2, "sleep 3; touch out.txt")));
    assertThat(((Unsuccessful) end).reason())
        .contains("block 2 ended with exit 124")
        .contains("the attempt's time limit of 5.0 s (the degradation limit, a.md:7) is used up");
  }

  @Test
  void theLogHoldsEveryStepUnderItsName() throws Exception {
    it.reports(it.instruction(block(1, "echo hello | tee out.txt")));
    var log = it.workspaces.log(SandboxFixture.RUN, "WORKER_001", 1);
    assertThat(log).isNotNull();
    assertThat(Files.readString(log))
        .contains("=== 2026-01-01T00:00:00.000Z block 1\nhello\n")
        .contains("=== 2026-01-01T00:00:00.000Z test 1\n")
        .containsPattern("test 1: exit 0 after \\d+\\.\\d{3} s, 0 bytes printed");
  }

  @Test
  void olderAttemptsKeepOnlyTheirLog() throws Exception {
    var failing = it.instruction(block(1, "false"));
    it.reports(failing);
    it.reports(failing);
    assertThat(it.work(1)).doesNotExist();
    assertThat(it.workspaces.log(SandboxFixture.RUN, "WORKER_001", 1)).exists();
    assertThat(it.work(2)).exists();
  }

  @Test
  void aWorkspaceThatGrowsTooLargeFails() {
    var fill = "for i in 1 2 3 4 5; do head -c 60M /dev/zero > f$i; done";
    assertThat(((Unsuccessful) it.end(it.instruction(block(1, fill)))).reason())
        .contains("block 1")
        .contains("more than the 256 MiB it may");
  }

  @Test
  void aTargetNobodyMayShowIsRefused() {
    var instruction =
        it.instruction(List.of(block(1, "true")), List.of(new Script(1, "true", true)), List.of());
    var assignment = it.assignment(instruction);
    for (var target :
        List.of("/", "/usr", "/etc", "/proc", it.data.toString(), it.home.toString())) {
      var changed =
          new Assignment(
              assignment.run(),
              assignment.worker(),
              assignment.instructionDigest(),
              target,
              List.of(),
              List.of(),
              false,
              3);
      it.executor.tell(
          new Executor.Execute(
              changed, ++it.attempts, 1, 1, 1, it.worker.ref(), 0, null, AgentProgress.NONE, null));
      var end = (Unsuccessful) it.untilTheEnd().getLast();
      assertThat(end.reason()).startsWith("expected a project folder as the target, found");
      assertThat(end.retryable()).isFalse();
    }
  }

  private String content(Artifact artifact) throws IOException {
    return new String(it.artifacts.read(artifact.sha256(), 0, 1_000), UTF_8);
  }
}
