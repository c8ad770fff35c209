package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Granted;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Unknown;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.AttemptReport.ValidatingAfter;
import dev.muster.protocol.worker.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@NeedsSandbox
@ResourceLock(SandboxFixture.ALONE)
class GateTest {
  private static final Block WORK = block(1, "echo x > out.txt");

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

  private static Block publish(@Nullable String check) {
    return gated(2, "echo done >> $MUSTER_TARGET/../site/report", check, "../site");
  }

  private Path report() {
    return it.root.resolve("site/report");
  }

  private static OperationOutcome outcome(int exitCode) {
    return new OperationOutcome(
        new StepResult("block 2", exitCode, Duration.ofSeconds(1), "00", 7, null), 1, false);
  }

  @Test
  void aGrantedOperationRunsOnceWithWhatWasPermittedAndItsOutcomeIsRecorded() {
    assertThat(it.end(it.instruction(WORK, publish(null)))).isInstanceOf(Succeeded.class);
    assertThat(report()).hasContent("done");
    assertThat(it.gate.calls).containsExactly("claim", "record");
    assertThat(it.gate.outcomes.getFirst().result().exitCode()).isZero();
    var asked = it.gate.claims.getFirst();
    assertThat(asked.kind()).isEqualTo("production_deploy");
    assertThat(asked.risk()).isEqualTo(Risk.ADMIN);
    assertThat(asked.ordinal()).isEqualTo(2);
    assertThat(asked.consequence())
        .isEqualTo(
            "Block 2 of WORKER_001 (production_deploy) would write in %s, without network."
                .formatted(it.root.resolve("site")));
  }

  @Test
  void aPendingOperationGivesItsSlotBackAndGoesOnAfterTheDecision() {
    it.gate.answer(new Pending("apr_1"));
    var instruction = it.instruction(WORK, publish(null));
    var reports = it.reports(instruction);
    var held = (NeedsDecision) reports.getLast();
    assertThat(held.ordinal()).isEqualTo(2);
    assertThat(held.approval()).isEqualTo("apr_1");
    assertThat(held.digest()).isEqualTo(it.gate.claims.getFirst().digest());
    assertThat(it.occupancy().busy()).isZero();
    assertThat(report().getParent()).doesNotExist();
    assertThat(it.logs.get(1)).contains("block 1").doesNotContain("block 2");

    it.execute(instruction, 1, 2, reports.size() + 1);
    assertThat(it.untilTheEnd().getLast()).isInstanceOf(Succeeded.class);
    assertThat(it.logs.get(1)).contains("block 1", "block 2");
    assertThat(report()).hasContent("done");
  }

  @Test
  void theNextAttemptAsksForTheSameOperation() {
    it.gate.answer(new Pending("apr_1")).answer(new Pending("apr_1"));
    var instruction = it.instruction(WORK, publish(null));
    it.reports(instruction);
    it.reports(instruction);
    assertThat(it.gate.claims.get(1).digest()).isEqualTo(it.gate.claims.get(0).digest());
  }

  @Test
  void aRefusedOperationNeverRunsAndIsNotRetried() {
    it.gate.answer(new Refused("apr_1", Decision.REJECTED, "not on a Friday"));
    assertThat(it.end(it.instruction(WORK, publish(null))))
        .isEqualTo(
            new Unsuccessful(
                "the operation production_deploy of block 2 was not allowed: REJECTED: not on a"
                    + " Friday",
                false,
                null));
    assertThat(report()).doesNotExist();
  }

  @Test
  void anOperationThatRanBeforeIsNotRepeated() {
    it.gate.answer(new AlreadyRan("apr_1", outcome(0)));
    var reports = it.reports(it.instruction(WORK, publish(null)));
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    var step = ((ValidatingAfter) reports.get(1)).last();
    assertThat(step.name()).isEqualTo("block 2, as recorded in attempt 1");
    assertThat(step.passed()).isTrue();
    assertThat(report()).doesNotExist();
  }

  @Test
  void anOperationThatFailedBeforeFailsTheAttemptForGood() {
    it.gate.answer(new AlreadyRan("apr_1", outcome(3)));
    var end = (Unsuccessful) it.end(it.instruction(WORK, publish(null)));
    assertThat(end.reason()).isEqualTo("block 2, as recorded in attempt 1 ended with exit 3");
    assertThat(end.retryable()).isFalse();
  }

  @Test
  void anOperationThatFailsIsRecordedAndNotRetried() {
    var end =
        (Unsuccessful) it.end(it.instruction(WORK, gated(2, "echo no; exit 4", null, "../site")));
    assertThat(end.retryable()).isFalse();
    assertThat(it.gate.outcomes.getFirst().result().exitCode()).isEqualTo(4);
  }

  @Test
  void anUnknownOutcomeThatTheCheckConfirmsIsRecordedAsChecked() throws Exception {
    Files.createDirectories(report().getParent());
    Files.writeString(report(), "from before");
    it.gate.answer(new Unknown("apr_1", 7, "node-b#9"));
    var end = it.end(it.instruction(WORK, publish("test -f ../site/report")));
    assertThat(end).isInstanceOf(Succeeded.class);
    assertThat(it.gate.calls).containsExactly("claim", "record");
    assertThat(it.gate.outcomes.getFirst().checked()).isTrue();
    assertThat(it.gate.outcomes.getFirst().attempt()).isEqualTo(7);
    assertThat(report()).hasContent("from before");
  }

  @Test
  void anUnknownOutcomeThatTheCheckDeniesIsRestoredAndRun() {
    it.gate.answer(new Unknown("apr_1", 7, "node-b#9"));
    var end = it.end(it.instruction(WORK, publish("test -f ../site/report")));
    assertThat(end).isInstanceOf(Succeeded.class);
    assertThat(it.gate.calls).containsExactly("claim", "restore", "claim", "record");
    assertThat(report()).hasContent("done");
  }

  @Test
  void anUnknownOutcomeThatNothingCanTellIsAskedAboutAgain() {
    for (var check : new @Nullable String[] {null, "exit 2", "kill -9 $$"}) {
      it.gate.calls.clear();
      it.gate.answer(new Unknown("apr_1", 7, "node-b#9"));
      var end = it.end(it.instruction(WORK, publish(check)));
      assertThat(((NeedsDecision) end).approval()).isEqualTo("apr_2");
      assertThat(it.gate.calls).containsExactly("claim", "askAgain");
    }
    assertThat(report()).doesNotExist();
  }

  @Test
  void aLostAnswerToTheClaimIsNoUnknownOutcome() {
    it.gate.loseTheAnswer().answer(new Unknown("apr_1", 1, "node-a#1")).grant();
    var end = it.end(it.instruction(WORK, publish(null)));
    assertThat(end).isInstanceOf(Succeeded.class);
    assertThat(it.gate.calls).containsExactly("claim", "claim", "restore", "claim", "record");
    assertThat(report()).hasContent("done");
  }

  @Test
  void anOutcomeIsToldUntilTheGateHasIt() {
    it.gate.loseOutcomes(2);
    assertThat(it.end(it.instruction(WORK, publish(null)))).isInstanceOf(Succeeded.class);
    assertThat(it.gate.outcomes).hasSize(1);
  }

  @Test
  void aPermitForSomethingElseRunsNothing() {
    it.gate.answer(new Granted(new Permit("apr_1", "another digest", 1)));
    var instruction = it.instruction(WORK, publish(null));
    var end = (Unsuccessful) it.end(instruction);
    assertThat(end.reason()).contains("expected a permit for the operation");

    var digest = it.gate.claims.getFirst().digest();
    it.gate.answer(new Granted(new Permit("apr_1", digest, 1)));
    assertThat(((Unsuccessful) it.end(instruction)).reason())
        .contains("expected a permit for attempt 2, found one for attempt 1");
    assertThat(report()).doesNotExist();
  }

  @Test
  void aKilledOperationHasNoOutcome() {
    it.execute(it.instruction(WORK, gated(2, "sleep 982.1", null)), 1, 1, 1);
    await().until(() -> !SandboxFixture.processesWith("sleep\000982.").isEmpty());
    it.executor.tell(new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", 1));
    await().until(() -> it.occupancy().busy() == 0);
    assertThat(it.gate.outcomes).isEmpty();
  }

  @Test
  void someFoldersNoPermitCanOpen() throws Exception {
    Files.createSymbolicLink(it.root.resolve("link"), it.home);
    Files.writeString(it.root.resolve("file"), "x");
    for (var writes :
        new String[] {
          "../home", "../data", "../data/x", "/etc", "/", "../link/x", "../file", "../elsewhere"
        }) {
      var end = (Unsuccessful) it.end(it.instruction(WORK, gated(2, "true", null, writes)));
      assertThat(end.reason()).as(writes).contains("no permit can make");
      assertThat(end.retryable()).isFalse();
    }
    assertThat(it.gate.claims).isEmpty();
  }
}
