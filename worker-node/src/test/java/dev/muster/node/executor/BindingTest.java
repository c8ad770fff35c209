package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.workspace.Digests;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Binding.BoundFile;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.Frozen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was approved is what happens: content changed at every stage has no effect, or asks anew.
@NeedsSandbox
class BindingTest {
  private static final Block NOW = block(1, "date +%s%N > now; echo x > out.txt");

  @TempDir Path folder;
  private ExecutorFixture it;

  SandboxKind kind() {
    return SandboxKind.NONE;
  }

  @BeforeEach
  void open() throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.REQUIRE, kind());
    Files.writeString(it.target.resolve("deploy.sh"), "echo benign > $MUSTER_TARGET/rel/did\n");
  }

  @AfterEach
  void close() {
    if (it != null) it.close();
  }

  private static Block deploys(String script, String... reads) {
    return new Block(
        2,
        script,
        new Operation(
            "production_deploy",
            Risk.ADMIN,
            List.of("rel"),
            false,
            List.of(),
            null,
            List.of(reads)));
  }

  private Path did() {
    return it.target.resolve("rel/did");
  }

  private NeedsDecision held(WorkerInstruction instruction) {
    it.gate.answer(new Pending("apr_1"));
    return (NeedsDecision) it.end(instruction);
  }

  private String digest(int claim) {
    return it.gate.claims.get(claim).digest();
  }

  private Binding bound(int claim) {
    return Objects.requireNonNull(it.gate.claims.get(claim).bound());
  }

  @Test
  void aScriptOfTheTargetChangedAfterItWasAskedAboutIsAskedAboutAnew() throws IOException {
    for (var reads : new String[][] {{}, {"deploy.sh"}, {"."}}) {
      Files.writeString(it.target.resolve("deploy.sh"), "echo benign > $MUSTER_TARGET/rel/did\n");
      var instruction = it.instruction(NOW, deploys("bash $MUSTER_TARGET/deploy.sh", reads));
      var asked = it.gate.claims.size();
      var frozen = held(instruction).frozen();
      Files.writeString(it.target.resolve("deploy.sh"), "echo EVIL > $MUSTER_TARGET/rel/did\n");
      it.gate.answer(new Pending("apr_2"));
      assertThat(it.reports(instruction, frozen).getLast()).isInstanceOf(NeedsDecision.class);
      assertThat(digest(asked + 1)).isNotEqualTo(digest(asked));
      assertThat(bound(asked + 1).changes())
          .containsExactly("target: deploy.sh has changed (35 bytes)");
      assertThat(did()).doesNotExist();
    }
  }

  @Test
  void aScriptOfTheTargetChangedAfterTheLeaveRunsAsItWas() {
    var instruction = it.instruction(NOW, deploys("bash $MUSTER_TARGET/deploy.sh"));
    var script = it.target.resolve("deploy.sh");
    it.gate.grantAfter(
        () -> Files.writeString(script, "echo EVIL > $MUSTER_TARGET/rel/did\n"));
    assertThat(it.end(instruction)).isInstanceOf(Succeeded.class);
    assertThat(did()).hasContent("benign");
  }

  @Test
  void aChangeOfWhatTheScriptDoesNotNameHasNoEffect() throws IOException {
    Files.writeString(it.target.resolve("env.inc"), "word=benign\n");
    Files.writeString(
        it.target.resolve("deploy.sh"),
        "source $MUSTER_TARGET/env.inc; echo $word > $MUSTER_TARGET/rel/did\n");
    var instruction = it.instruction(NOW, deploys("bash $MUSTER_TARGET/deploy.sh"));
    var frozen = held(instruction).frozen();
    Files.writeString(it.target.resolve("env.inc"), "word=EVIL\n");
    Files.writeString(it.target.resolve("run.log"), "of somebody who looks on");
    assertThat(it.reports(instruction, frozen).getLast()).isInstanceOf(Succeeded.class);
    assertThat(digest(1)).isEqualTo(digest(0));
    assertThat(did()).hasContent("benign");
  }

  @Test
  void whatAnotherPermittedOperationHasWrittenIsNoReasonToAskAgain() throws IOException {
    var instruction = it.instruction(NOW, deploys("bash $MUSTER_TARGET/deploy.sh"));
    var frozen = held(instruction).frozen();
    assertThat(it.end(it.instruction(NOW, gated(2, "touch $MUSTER_TARGET/site/a", null, "site"))))
        .isInstanceOf(Succeeded.class);
    assertThat(it.reports(instruction, frozen).getLast()).isInstanceOf(Succeeded.class);
    assertThat(digest(2)).isEqualTo(digest(0));
    assertThat(it.target.resolve("site/a")).exists();
    assertThat(did()).hasContent("benign");
  }

  @Test
  void anotherContentOfTheTargetIsAnotherQuestion() throws IOException {
    var instruction = it.instruction(block(1, "echo x > out.txt"), deploys("true", "deploy.sh"));
    held(instruction);
    Files.writeString(it.target.resolve("other"), "is not read");
    held(instruction);
    Files.writeString(it.target.resolve("deploy.sh"), "echo other\n");
    held(instruction);
    assertThat(digest(1)).isEqualTo(digest(0));
    assertThat(digest(2)).isNotEqualTo(digest(1));
  }

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
  void whatLiesWhereItMayWriteIsCoveredAndAskedAboutAnewWhenItChanges() throws IOException {
    var rel = Files.createDirectory(it.target.resolve("rel"));
    Files.writeString(rel.resolve("run.sh"), "echo benign > $MUSTER_TARGET/rel/did\n");
    var instruction = it.instruction(NOW, deploys("bash $MUSTER_TARGET/rel/run.sh"));
    var frozen = held(instruction).frozen();
    Files.writeString(rel.resolve("run.sh"), "echo EVIL > $MUSTER_TARGET/rel/did\n");
    it.gate.answer(new Pending("apr_2"));
    assertThat(((NeedsDecision) it.reports(instruction, frozen).getLast()).approval())
        .isEqualTo("apr_2");
    assertThat(digest(1)).isNotEqualTo(digest(0));
    assertThat(bound(1).identity()).isEqualTo(bound(0).identity());
    assertThat(bound(1).changes()).containsExactly(rel + ": run.sh has changed (35 bytes)");
    assertThat(did()).doesNotExist();
  }

  @Test
  void aChangeBetweenTheLeaveAndTheStartIsAskedAboutAnew() throws IOException {
    var rel = Files.createDirectory(it.target.resolve("rel"));
    Files.writeString(rel.resolve("run.sh"), "echo benign > $MUSTER_TARGET/rel/did\n");
    it.gate.grantAfter(() -> Files.writeString(rel.resolve("run.sh"), "exit 3\n"));
    it.gate.answer(new Pending("apr_2"));
    var end = it.end(it.instruction(NOW, deploys("bash $MUSTER_TARGET/rel/run.sh")));
    assertThat(end).isInstanceOf(NeedsDecision.class);
    assertThat(it.gate.calls).containsExactly("claim", "restore", "claim");
    assertThat(digest(1)).isNotEqualTo(digest(0));
  }

  @Test
  void whatIsNotNamedCannotBeReadOnceSomethingIsNamed() throws IOException {
    Files.writeString(it.target.resolve("secret"), "x");
    var script = "test -f $MUSTER_TARGET/deploy.sh; test ! -e $MUSTER_TARGET/secret";
    assertThat(it.end(it.instruction(NOW, deploys(script, "deploy.sh"))))
        .isInstanceOf(Succeeded.class);
  }

  @Test
  void aTargetTooLargeToFreezeIsNotSeenUnlessItIsNamedAndThatIsSaid() throws IOException {
    var many = Files.createDirectory(it.target.resolve("many"));
    for (var i = 0; i <= Contents.SMALL.filesMax(); i++) Files.createFile(many.resolve("f" + i));
    var script = "test ! -e $MUSTER_TARGET/deploy.sh; echo ok > $MUSTER_TARGET/rel/did";
    assertThat(it.end(it.instruction(NOW, deploys(script)))).isInstanceOf(Succeeded.class);
    assertThat(String.join("\n", bound(0).covers()))
        .contains("target: nothing of it can be read", "more than 2000 files", "reads=");
    assertThat(it.end(it.instruction(NOW, deploys("test -e $MUSTER_TARGET/many/f9", "many/"))))
        .isInstanceOf(Succeeded.class);
  }

  @Test
  void declaredFilesAreShownWithTheirText() {
    var block =
        new Block(
            2,
            "bash ./deploy.sh",
            new Operation(
                "production_deploy",
                Risk.ADMIN,
                List.of("rel"),
                false,
                List.of("deploy.sh"),
                null,
                List.of("deploy.sh")));
    held(it.instruction(block(1, "echo hi > deploy.sh; echo x > out.txt"), block));
    assertThat(bound(0).files().subList(0, 2))
        .containsExactly(
            new BoundFile("workspace", "deploy.sh", Digests.ofText("hi\n"), 3, "hi\n"),
            new BoundFile(
                "target",
                "deploy.sh",
                Digests.ofText("echo benign > $MUSTER_TARGET/rel/did\n"),
                37,
                "echo benign > $MUSTER_TARGET/rel/did\n"));
    assertThat(bound(0).covers())
        .containsExactly(
            "workspace: 2 files, 5 bytes",
            "target: 1 file, 37 bytes of it, frozen; nothing else of it can be read",
            it.target.resolve("rel") + ": nothing is there");
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
        new Executor.Execute(it.assignment(instruction), 2, 1, 1, 1, it.worker.ref()), true);
  }

  @Test
  void aTamperedCopyOfWhatWasFrozenIsNotTaken() throws IOException {
    var instruction =
        it.instruction(
            block(1, "echo 1 > a; echo x > out.txt"), deploys("cp a $MUSTER_TARGET/rel/did"));
    var frozen = held(instruction).frozen();
    var sha256 = Digests.ofText("1\n");
    var kept = it.data.resolve("artifacts").resolve(sha256.substring(0, 2)).resolve(sha256);
    Files.writeString(kept, "EVIL");
    it.gate.answer(new Pending("apr_2"));
    it.reports(instruction, frozen);
    assertThat(bound(1).changes().getFirst()).contains("is gone", "damaged");
    assertThat(did()).doesNotExist();
  }

  @Test
  void aNameExchangedInTheMomentOfUseLeadsNowhere() throws Exception {
    var rel = it.target.resolve("rel");
    var aside = it.target.resolve("aside");
    var victim = Files.createDirectory(it.root.resolve("victim"));
    var racing = new AtomicBoolean(true);
    var racer =
        Thread.ofPlatform()
            .start(() -> {
              while (racing.get()) {
                exchange(rel, aside, victim);
              }
            });
    try {
      for (var tries = 0; tries < 12; tries++) {
        it.end(it.instruction(NOW, deploys("echo EVIL > $MUSTER_TARGET/rel/did # " + tries)));
        assertThat(victim).isEmptyDirectory();
      }
    } finally {
      racing.set(false);
      racer.join();
    }
  }

  private static void exchange(Path rel, Path aside, Path victim) {
    try {
      Files.createDirectories(rel);
      Thread.sleep(1);
      Files.move(rel, aside);
      Files.createSymbolicLink(rel, victim);
      Thread.sleep(1);
      Files.delete(rel);
      Files.move(aside, rel);
    } catch (IOException _) {
      // The executor was quicker with one of these.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailedOutcomeKeepsNoWorkspace() {
    it.end(it.instruction(NOW, gated(2, "exit 4", null)));
    assertThat(it.gate.outcomes).extracting(OperationOutcome::frozen).containsOnlyNulls();
  }
}
