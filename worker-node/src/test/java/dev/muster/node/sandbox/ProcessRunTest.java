package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.node.sandbox.ProcessRun.End;
import dev.muster.node.sandbox.Sandbox.Ended;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessRunTest {
  private static final Duration TOOK = Duration.ofMillis(1_500);

  @AfterEach
  void nobodyElseIsInterrupted() {
    var _ = Thread.interrupted();
  }

  @ParameterizedTest
  @EnumSource
  void whatHadEndedByItselfKeepsItsOwnStatus(End end) throws Exception {
    assertThat(ProcessRun.ended(end, 0, TOOK)).isEqualTo(new Ended(0, TOOK, null));
    assertThat(ProcessRun.ended(end, 3, TOOK)).isEqualTo(new Ended(3, TOOK, null));
    assertThat(Thread.currentThread().isInterrupted()).isEqualTo(end == End.INTERRUPTED);
  }

  @Test
  void whatWasKilledSaysWhy() throws Exception {
    assertThat(ProcessRun.ended(End.OUT_OF_TIME, 137, TOOK).exitCode()).isEqualTo(124);
    assertThat(ProcessRun.ended(End.OUT_OF_TIME, 137, TOOK).ranOutOfTime()).isTrue();
    assertThat(ProcessRun.ended(End.OVERFLOWED, 137, TOOK).note()).contains("printed more");
    assertThatThrownBy(() -> ProcessRun.ended(End.INTERRUPTED, 137, TOOK))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void whatAnotherKilledIsNotOurs() throws Exception {
    assertThat(ProcessRun.ended(End.BY_ITSELF, 137, TOOK)).isEqualTo(new Ended(137, TOOK, null));
  }

  @Test
  void aScriptsOwn124IsNoTimeOut() throws Exception {
    var ended = run("exit 124", new Killing());
    assertThat(ended.exitCode()).isEqualTo(124);
    assertThat(ended.note()).isNull();
    assertThat(ended.ranOutOfTime()).isFalse();
  }

  /// The script ends by itself at the very moment when its time is found to be over.
  @Test
  void whoEndsWhileItsTimeIsOverKeepsItsOwnStatus() throws Exception {
    var ended =
        run(
            "sleep 0.4; exit 7",
            new Killing() {
              @Override
              public void kill(Process process) {
                process.onExit().join(); // it was faster than the kill
                super.kill(process);
              }
            });
    assertThat(ended.exitCode()).isEqualTo(7);
    assertThat(ended.note()).isNull();
  }

  @Test
  void whoIsStoppedAfterItsEndIsRecordedAndTheThreadStaysInterrupted() throws Exception {
    var ended =
        run(
            "exit 5",
            new Killing() {
              @Override
              public void started(Process process) {
                process.onExit().join();
                Thread.currentThread().interrupt();
              }
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended.exitCode()).isEqualTo(5);
  }

  private static class Killing implements ProcessTree {
    @Override
    public void started(Process process) {}

    @Override
    public void kill(Process process) {
      ProcessTree.end(process);
    }
  }

  private static Ended run(String script, ProcessTree tree) throws Exception {
    return ProcessRun.run(
        List.of("bash", "-c", script),
        Map.of("PATH", "/usr/bin:/bin"),
        Path.of("/"),
        Duration.ofMillis(200),
        new Capture(OutputStream.nullOutputStream(), SandboxFixture.LIMITS),
        tree);
  }
}
