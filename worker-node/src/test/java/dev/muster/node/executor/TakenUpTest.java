package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.Frozen;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// What somebody was asked about is what later attempts go on from.
@NeedsSandbox
class TakenUpTest extends BindingScene {
  @Test
  void aWorkspaceThatDiffersInEveryAttemptIsAskedAboutOnce() {
    var instruction = it.instruction(NOW, deploys("cp now $MUSTER_TARGET/rel/did"));
    var frozen = held(instruction).frozen();
    it.gate.answer(new Pending("apr_1"));
    var again = (NeedsDecision) it.reports(instruction, frozen).getLast();
    assertThat(it.reports(instruction, again.frozen()).getLast()).isInstanceOf(Succeeded.class);
    assertThat(digest(1)).isEqualTo(digest(0));
    assertThat(digest(2)).isEqualTo(digest(0));
    assertThat(it.logs.get(3)).contains("goes on before block 2").doesNotContain("] block 1");
  }

  @Test
  void aWorkspaceThatWasTamperedWithIsPutBackAsItWas() throws IOException {
    var instruction =
        it.instruction(
            block(1, "echo 1 > a; echo x > out.txt"), deploys("cp a $MUSTER_TARGET/rel/did"));
    it.gate.answer(new Pending("apr_1"));
    var reports = it.reports(instruction);
    var frozen = ((NeedsDecision) reports.getLast()).frozen();
    Files.writeString(it.work(1).resolve("a"), "EVIL");
    it.execute(instruction, 1, 2, reports.size() + 1, frozen);
    assertThat(it.untilTheEnd().getLast()).isInstanceOf(Succeeded.class);
    assertThat(digest(1)).isEqualTo(digest(0));
    assertThat(did()).hasContent("1");
  }

  @Test
  void whatAnOperationLeftIsTakenUpByAttemptsThatDoNotRepeatIt() {
    var instruction =
        it.instruction(
            block(1, "echo \"$MUSTER_ATTEMPT\" > first"),
            gated(2, "cp first kept", null),
            block(3, "test \"$MUSTER_ATTEMPT\" = 2; cp kept out.txt; grep -q 1 out.txt"));
    assertThat(it.end(instruction)).isInstanceOf(Unsuccessful.class);
    var outcome = it.gate.outcomes.getFirst();
    it.gate.answer(new AlreadyRan("apr_1", outcome));
    assertThat(it.end(instruction)).isInstanceOf(Succeeded.class);
  }

  @Test
  void whenWhatWasFrozenIsGoneTheNewQuestionSaysSo() throws IOException {
    var instruction = it.instruction(NOW, deploys("true"));
    held(instruction);
    var gone = new Frozen(2, 1, basis(instruction), "e".repeat(64));
    it.gate.answer(new Pending("apr_2"));
    assertThat(it.reports(instruction, gone).getLast()).isInstanceOf(NeedsDecision.class);
    assertThat(bound(1).changes().getFirst())
        .startsWith("what was asked about is gone, so the work was done anew");
  }

  private String basis(WorkerInstruction instruction) {
    return Basis.of(
        new Executor.Execute(
            it.assignment(instruction),
            2,
            1,
            1,
            1,
            it.worker.ref(),
            0,
            null,
            AgentProgress.NONE,
            null),
        true);
  }

  @Test
  void aTamperedCopyOfWhatWasFrozenIsNotTaken() throws IOException {
    var instruction =
        it.instruction(
            block(1, "echo 1 > a; echo x > out.txt"), deploys("cp a $MUSTER_TARGET/rel/did"));
    var frozen = held(instruction).frozen();
    var sha256 = Sha256.of("1\n");
    var kept = it.data.resolve("artifacts").resolve(sha256.substring(0, 2)).resolve(sha256);
    Files.writeString(kept, "EVIL");
    it.gate.answer(new Pending("apr_2"));
    it.reports(instruction, frozen);
    assertThat(bound(1).changes().getFirst()).contains("is gone", "damaged");
    assertThat(did()).doesNotExist();
  }

  @Test
  void aFailedOutcomeKeepsNoWorkspace() {
    it.end(it.instruction(NOW, gated(2, "exit 4", null)));
    assertThat(it.gate.outcomes).extracting(OperationOutcome::frozen).containsOnlyNulls();
  }
}
