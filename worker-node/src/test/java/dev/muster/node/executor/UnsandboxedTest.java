package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.TimeBudget;
import dev.muster.node.workspace.AttemptLog;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Unknown;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.Frozen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A host without any sandbox: nothing runs that nobody allowed.
@ResourceLock(SandboxFixture.ALONE)
class UnsandboxedTest {
  @TempDir Path folder;
  private ExecutorFixture it;

  @BeforeEach
  void open() throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.OFF);
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void everyBlockAndTheTestsAskFirst() {
    assertThat(it.end(it.instruction(block(1, "echo x > out.txt"), gated(2, "true", null))))
        .isInstanceOf(Succeeded.class);
    assertThat(it.gate.claims)
        .extracting(OperationRequest::kind)
        .containsExactly("unsandboxed_command", "production_deploy", "unsandboxed_command");
    assertThat(it.gate.claims).extracting(OperationRequest::ordinal).containsExactly(1, 2, 3);
    assertThat(it.gate.claims.getFirst().risk()).isEqualTo(Risk.ADMIN);
    assertThat(it.gate.outcomes).hasSize(3);
  }

  @Test
  void aRefusedBlockDoesNotRun() {
    it.gate.answer(new Refused("apr_1", Decision.EXPIRED, "nobody answered"));
    var end = it.end(it.instruction(block(1, "touch $MUSTER_TARGET/x")));
    assertThat(((Unsuccessful) end).reason()).contains("EXPIRED: nobody answered");
    assertThat(it.target).isEmptyDirectory();
  }

  @Test
  void theTestsMayBeHeldAndGoOnAfterTheDecision() {
    it.gate.grant().answer(new Pending("apr_2"));
    var instruction = it.instruction(block(1, "echo x > out.txt"));
    var reports = it.reports(instruction);
    assertThat(((NeedsDecision) reports.getLast()).ordinal()).isEqualTo(2);
    it.execute(instruction, 1, 2, reports.size() + 1);
    assertThat(it.untilTheEnd().getLast()).isInstanceOf(Succeeded.class);
  }

  @Test
  void theNextAttemptNeedsLeaveOfItsOwn() {
    var failing = it.instruction(block(1, "false"));
    assertThat(((Unsuccessful) it.end(failing)).retryable()).isTrue();
    it.tries = 1;
    it.end(failing);
    assertThat(it.gate.claims.get(1).digest()).isNotEqualTo(it.gate.claims.get(0).digest());
  }

  @Test
  void aDecisionOutlivesItsAttemptAndEachBlockRunsOnce() throws Exception {
    var count = it.root.resolve("count");
    var instruction =
        it.instruction(
            block(1, "echo 1 >> " + count + "; date +%s%N > now"),
            block(2, "echo 2 >> " + count + "; echo x > out.txt"));
    Frozen frozen = null;
    for (var ordinal = 1; ordinal <= 3; ordinal++) {
      // Each time another life of the node: held, approved, resumed, and held at the next.
      if (frozen != null) it.gate.grant();
      it.gate.answer(new Pending("apr_" + ordinal));
      var held = (NeedsDecision) it.reports(instruction, frozen).getLast();
      assertThat(held.ordinal()).isEqualTo(ordinal);
      frozen = held.frozen();
    }
    assertThat(it.reports(instruction, frozen).getLast()).isInstanceOf(Succeeded.class);
    assertThat(count).hasContent("1\n2");
    var digests = it.gate.claims.stream().map(OperationRequest::digest).toList();
    assertThat(digests.get(1)).as("block 1").isEqualTo(digests.get(0));
    assertThat(digests.get(3)).as("block 2").isEqualTo(digests.get(2));
    assertThat(digests.get(5)).as("tests").isEqualTo(digests.get(4));
  }

  @Test
  void whatRanInALifeOfTheNodeThatIsOverIsTakenUpAndNotRepeated() {
    var instruction = it.instruction(block(1, "echo \"$MUSTER_ATTEMPT\" > out.txt"));
    it.gate.grant().answer(new Pending("apr_2"));
    it.reports(instruction);
    it.gate.answer(new AlreadyRan("apr_1", it.gate.outcomes.getFirst())).grant();
    assertThat(it.end(instruction)).isInstanceOf(Succeeded.class);
    assertThat(it.work(2).resolve("out.txt")).hasContent("1");
  }

  @Test
  void whatWasBegunAndLostIsAskedAboutWithThatSaid() {
    var instruction = it.instruction(block(1, "echo x > out.txt"));
    it.gate.answer(new Unknown("apr_1", 7, "node-b#9")).answer(new Pending("apr_2"));
    assertThat(it.end(instruction)).isInstanceOf(NeedsDecision.class);
    assertThat(it.gate.calls).containsExactly("claim", "claim");
    assertThat(it.gate.claims.getLast().consequence()).contains("It was begun before");
    assertThat(it.gate.claims.getLast().digest()).isNotEqualTo(it.gate.claims.getFirst().digest());
  }

  @Test
  void aCheckNeedsLeaveToo() throws Exception {
    var check = "echo checked >> ../checked; exit 1";
    var instruction =
        it.instruction(block(1, "echo x > out.txt"), gated(2, "echo done > done", check));
    it.gate.grant().answer(new Unknown("apr_2", 7, "node-b#9")).answer(new Pending("apr_3"));
    var held = (NeedsDecision) it.end(instruction);
    assertThat(held.approval()).isEqualTo("apr_3");
    assertThat(it.root.resolve("checked")).doesNotExist();
    var asked = it.gate.claims.getLast();
    assertThat(asked.script()).isEqualTo(check);
    assertThat(asked.risk()).isEqualTo(Risk.ADMIN);
    assertThat(asked.consequence()).contains("with all your rights");

    it.gate.answer(new Unknown("apr_2", 7, "node-b#9")).grant().grant().grant();
    assertThat(it.reports(instruction, held.frozen()).getLast()).isInstanceOf(Succeeded.class);
    assertThat(it.root.resolve("checked")).hasContent("checked");
  }

  @Test
  void whatItReadsOfTheTargetIsLookedAtOnceMoreBeforeItStarts() throws Exception {
    var script = it.target.resolve("deploy.sh");
    Files.writeString(script, "true");
    it.gate.grantAfter(() -> Files.writeString(script, "touch $MUSTER_TARGET/evil"));
    it.gate.answer(new Pending("apr_2"));
    var end = it.end(it.instruction(block(1, "bash $MUSTER_TARGET/deploy.sh")));
    assertThat(end).isInstanceOf(NeedsDecision.class);
    assertThat(it.target.resolve("evil")).doesNotExist();
    assertThat(it.gate.calls).containsExactly("claim", "restore", "claim");
  }

  @Test
  void theRunnerItselfRefusesWhatHasNoPermit() throws Exception {
    var workspace =
        it.workspaces.prepare(SandboxFixture.RUN, "WORKER_001", 1, List.of(), it.artifacts);
    var clock = InstantSource.fixed(Instant.EPOCH);
    var budget = new TimeBudget(Duration.ofSeconds(5), Duration.ZERO);
    try (var log = new AttemptLog(workspace.log(), clock)) {
      var steps = new Steps(it.sandbox, SandboxFixture.LIMITS, workspace, log, budget);
      var job =
          Job.plain(
              new Job.Names(SandboxFixture.RUN, "WORKER_001", 1),
              workspace.work(),
              workspace.inputs(),
              workspace.scratch(),
              it.target,
              List.of());
      assertThatThrownBy(() -> new Runner(steps, job, false, 1).run(block(1, "true")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("there is no sandbox on this host");
      assertThatThrownBy(() -> new Runner(steps, job, true, 1).run(gated(1, "true", null)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("production_deploy, which needs a permit");
    }
  }
}
