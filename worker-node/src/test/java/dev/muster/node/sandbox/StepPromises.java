package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// How a step ends in every sandbox, and what bounds it.
@ResourceLock(SandboxFixture.ALONE)
abstract class StepPromises {
  private final SandboxKind kind;

  @TempDir Path folder;
  SandboxFixture box;

  StepPromises(SandboxKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws Exception {
    box = new SandboxFixture(folder, SandboxMode.REQUIRE, true, kind);
  }

  @AfterEach
  void close() {
    if (box != null) box.close();
  }

  @Test
  void whatCannotBeSetUpIsNotStarted() throws Exception {
    var it = box.job();
    var gone = box.target.resolveSibling("gone");
    var job = Job.plain(it.names(), it.work(), it.inputs(), it.scratch(), gone, List.of());
    try {
      var outcome = box.run("touch started", job);
      assertThat(outcome.exitCode()).isNotZero();
      assertThat(outcome.output()).contains(gone.toString());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("could not be set up").hasMessageContaining("gone");
    }
    assertThat(it.work().resolve("started")).doesNotExist();
  }

  @Test
  void noPrivilegesCanBeGained() throws Exception {
    assertThat(box.run("unshare -Ur true").exitCode()).isNotZero();
    assertThat(box.run("mount -t tmpfs none /tmp").exitCode()).isNotZero();
    assertThat(box.run("grep -E '^CapEff' /proc/self/status").output())
        .endsWith("0000000000000000");
    assertThat(box.run("chroot / true").exitCode()).isNotZero();
  }

  @Test
  void backgroundProcessesEndWithTheStep() throws Exception {
    var outcome = box.run("setsid sleep 987.1 & sleep 987.2 & nohup sleep 987.3 & echo started");
    assertThat(outcome.output()).contains("started");
    assertThat(outcome.exitCode()).as("it did not wait for them").isZero();
    assertThat(SandboxFixture.stepsWith("sleep\000987.")).isEmpty();
  }

  @Test
  void aStepThatTakesTooLongIsKilledWithEverythingItStarted() throws Exception {
    var outcome =
        box.run("trap '' TERM; setsid sleep 986.1 & sleep 986.2", box.job(), Duration.ofSeconds(1));
    assertThat(outcome.exitCode()).isEqualTo(124);
    assertThat(outcome.note()).contains("its time was over");
    assertThat(SandboxFixture.stepsWith("sleep\000986.")).isEmpty();
  }

  @Test
  void anInterruptKillsTheStep() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                box.run("sleep 985.1");
                ended.complete(new AssertionError("it ended by itself"));
              } catch (IOException | InterruptedException e) {
                ended.complete(e);
              }
            });
    while (SandboxFixture.stepsWith("sleep\000985.").isEmpty()) Thread.sleep(20);
    thread.interrupt();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(SandboxFixture.stepsWith("sleep\000985.")).isEmpty();
  }

  @Test
  void aFloodOfOutputIsCountedHashedCutAndStopped() throws Exception {
    var some = box.run("head -c 2000000 /dev/zero | tr '\\0' x");
    assertThat(some.bytes()).isEqualTo(2_000_000);
    assertThat(some.output()).hasSize((1 << 20) + "\n=== cut here".length());
    var flood = box.run("yes");
    assertThat(flood.exitCode()).isEqualTo(137);
    assertThat(flood.note()).contains("printed more than it may");
  }

  @Test
  void aForkBombIsBounded() throws Exception {
    var outcome =
        box.run("bomb() { bomb | bomb & }; bomb; sleep 1000", box.job(), Duration.ofMillis(1500));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.duration()).isLessThan(Duration.ofMinutes(1));
    assertThat(box.run("echo alive").output()).isEqualTo("alive");
  }

  @Test
  void aMemoryHogIsBounded() throws Exception {
    var outcome = box.run("x=$(head -c 400M /dev/zero | tr '\\0' y); echo ${#x}");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(box.run("head -c 100M /dev/zero > /tmp/big").exitCode()).isNotZero();
    assertThat(box.run("head -c 100M /dev/zero > big").exitCode()).isNotZero();
  }

  @Test
  void aMissingBashIsAnErrorNotASilence() {
    assertThatThrownBy(() ->
            ProcessRun.run(
                List.of("/no/such/program"),
                Map.of(),
                Path.of("/"),
                Duration.ofSeconds(1),
                new Capture(OutputStream.nullOutputStream(), SandboxFixture.LIMITS),
                new ProcessTree() {
                  @Override
                  public void started(Process process) {}

                  @Override
                  public void kill(Process process) {}
                }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/no/such/program");
  }
}
