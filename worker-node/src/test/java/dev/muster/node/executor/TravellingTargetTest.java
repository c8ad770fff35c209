package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.workspace.TargetArchive;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The target is on another node; here there is only what came from there.
@NeedsSandbox
@ResourceLock(SandboxFixture.ALONE)
class TravellingTargetTest {
  private ExecutorFixture it;

  /// The best of this host.
  SandboxKind kind() {
    return SandboxKind.NONE;
  }

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.REQUIRE, kind());
    var archive = it.root.resolve("archive");
    try (var packed = new TargetArchive(archive)) {
      packed.folder("src", 0755).file("src/a.txt", "from afar\n").link("link", "src/a.txt");
    }
    it.targetArtifact = it.artifacts.put(archive, "target").sha256();
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void scriptsSeeItAtThePathItHasOnItsOwnNode() throws IOException {
    Files.writeString(it.target.resolve("local.txt"), "of this host");
    var end =
        it.end(
            it.instruction(
                block(
                    1,
                    "test \"$MUSTER_TARGET\" = "
                        + it.target
                        + "; test ! -e $MUSTER_TARGET/local.txt; cat $MUSTER_TARGET/link >"
                        + " out.txt"),
                block(2, "! touch $MUSTER_TARGET/src/b.txt; grep -q afar out.txt")));
    assertThat(end).isInstanceOf(Succeeded.class);
  }

  @Test
  void itsPathNeedNotExistHere() throws IOException {
    Files.delete(it.target);
    var end = it.end(it.instruction(block(1, "cp $MUSTER_TARGET/src/a.txt out.txt")));
    assertThat(end).isInstanceOf(Succeeded.class);
  }

  @Test
  void whatIsHiddenInsideItIsNotThereAndDoesNotDisturb() throws IOException {
    // The folder exists on this host, as when several nodes share a machine.
    Files.createDirectories(it.target.resolve(".muster"));
    it.hidden = it.target.resolve(".muster").toString();
    var end =
        it.end(it.instruction(block(1, "test ! -e $MUSTER_TARGET/.muster; echo x > out.txt")));
    assertThat(end).isInstanceOf(Succeeded.class);
  }

  @Test
  void anOperationThatWouldChangeTheCopyIsRefusedBeforeAnybodyIsAsked() {
    var end = (Unsuccessful) it.end(it.instruction(gated(1, "touch dist/x", null, "dist")));
    assertThat(end.reason()).contains("no permit can make", "dist", "a copy", "files = shared");
    assertThat(end.retryable()).isFalse();
    assertThat(it.target.resolve("dist")).doesNotExist();
  }

  @Test
  void anArchiveThatIsNowhereFailsTheAttemptInWords() {
    it.targetArtifact = "e".repeat(64);
    var end = (Unsuccessful) it.end(it.instruction(block(1, "echo x > out.txt")));
    assertThat(end.reason()).contains("the packed target", "e".repeat(64));
  }
}
