package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.Binding.BoundFile;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What was approved is what happens: content changed at every stage has no effect, or asks anew.
@NeedsSandbox
class BindingTest extends BindingScene {
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
    it.gate.grantAfter(() -> Files.writeString(script, "echo EVIL > $MUSTER_TARGET/rel/did\n"));
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

  /// The data folder of another node, and settings, lie in what is small enough to be frozen whole.
  @Test
  void whatASandboxMasksIsNotKeptEither() throws IOException {
    var node = Files.createDirectory(it.target.resolve("node"));
    Files.writeString(node.resolve("operator.token"), "SECRET-TOKEN");
    Files.writeString(it.target.resolve("muster.conf"), "database.password = SECRET-WORD");
    held(it.instruction(NOW, deploys("echo x > $MUSTER_TARGET/rel/did")));
    try (var kept = Files.walk(it.root)) {
      assertThat(kept.filter(Files::isRegularFile).filter(file -> !file.startsWith(it.target)))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                  .doesNotContain("SECRET"));
    }
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
                List.of("deploy.sh"),
                List.of()));
    held(it.instruction(block(1, "echo hi > deploy.sh; echo x > out.txt"), block));
    assertThat(bound(0).files().subList(0, 2))
        .containsExactly(
            new BoundFile("workspace", "deploy.sh", Sha256.of("hi\n"), 3, "hi\n"),
            new BoundFile(
                "target",
                "deploy.sh",
                Sha256.of("echo benign > $MUSTER_TARGET/rel/did\n"),
                37,
                "echo benign > $MUSTER_TARGET/rel/did\n"));
    assertThat(bound(0).covers())
        .containsExactly(
            "workspace: 2 files, 5 bytes",
            "target: 1 file, 37 bytes of it, frozen; nothing else of it can be read",
            it.target.resolve("rel") + ": nothing is there");
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
}
