package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Operations of a kind that the gate let pass before: their sandbox is made while it is asked.
@NeedsSandbox(SandboxKind.BUBBLEWRAP)
@ResourceLock(SandboxFixture.ALONE)
class UsuallyPassedTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Block FIRST = gated(1, "echo x > out.txt", null, "../site");
  private static final Block SECOND =
      gated(2, "echo done >> \"$MUSTER_TARGET/../site/report\"", null, "../site");

  @TempDir Path folder;
  private ExecutorFixture it;

  @BeforeEach
  void open() throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.REQUIRE, SandboxKind.BUBBLEWRAP);
    Files.createDirectories(report().getParent());
    it.gate.grant();
  }

  @AfterEach
  void close() {
    if (it != null) it.close();
  }

  private Path report() {
    return it.root.resolve("site/report");
  }

  /// The shell in the sandbox, which waits.
  private static List<Long> waiting() {
    return SandboxFixture.stepsWith("exit 125; ulimit");
  }

  private void untilItWaits() {
    await().atMost(LONG).until(() -> !waiting().isEmpty());
    assertThat(report()).doesNotExist();
  }

  @Test
  void theSandboxStandsWhenTheAnswerComesAndTheScriptRunsOnce() {
    it.gate.grantAfter(this::untilItWaits);
    assertThat(it.end(it.instruction(FIRST, SECOND))).isInstanceOf(Succeeded.class);
    assertThat(report()).hasContent("done");
    assertThat(it.gate.calls).containsExactly("claim", "record", "claim", "record");
    assertThat(it.logs.get(1)).containsOnlyOnce("block 2\n");
  }

  @Test
  void whatIsRefusedAllTheSameHasRunNothing() {
    it.gate.answer(new Refused("apr_2", Decision.REJECTED, "not this one"));
    assertThat(it.end(it.instruction(FIRST, SECOND))).isInstanceOf(Unsuccessful.class);
    assertThat(report()).doesNotExist();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoWaitsForADecisionHoldsNoProcess() {
    it.gate.answer(new Pending("apr_2"));
    assertThat(it.end(it.instruction(FIRST, SECOND))).isInstanceOf(NeedsDecision.class);
    assertThat(it.occupancy().busy()).isZero();
    assertThat(waiting()).isEmpty();
    assertThat(report()).doesNotExist();
  }

  @Test
  void whatHasChangedMeanwhileIsAskedAboutAgain() {
    it.gate.grantAfter(() -> {
      untilItWaits();
      Files.writeString(report(), "of somebody else\n");
    });
    assertThat(it.end(it.instruction(FIRST, SECOND))).isInstanceOf(Succeeded.class);
    assertThat(it.gate.calls)
        .containsExactly("claim", "record", "claim", "restore", "claim", "record");
    assertThat(report()).hasContent("of somebody else\ndone");
  }

  @Test
  void aFolderThatWasExchangedMeanwhileIsNotWritten() throws Exception {
    var site = report().getParent();
    it.gate.grantAfter(() -> {
      untilItWaits();
      Files.move(site, it.root.resolve("moved"));
      Files.createDirectory(site);
    });
    assertThat(it.end(it.instruction(FIRST, SECOND))).isInstanceOf(Succeeded.class);
    assertThat(it.root.resolve("moved")).isEmptyDirectory();
    assertThat(report()).hasContent("done");
  }
}
