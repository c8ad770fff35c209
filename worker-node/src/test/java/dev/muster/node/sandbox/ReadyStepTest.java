package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A step whose sandbox stands before anybody has allowed it.
@NeedsSandbox(SandboxKind.BUBBLEWRAP)
@ResourceLock(SandboxFixture.ALONE)
class ReadyStepTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private SandboxFixture box;
  private Workspace workspace;
  private AttemptLog log;
  private Steps steps;

  @BeforeEach
  void open() throws Exception {
    box = new SandboxFixture(folder, SandboxMode.REQUIRE, true, SandboxKind.BUBBLEWRAP);
    workspace = new Workspace(box.attempt);
    log = new AttemptLog(workspace.log(), InstantSource.fixed(Instant.EPOCH));
    var budget = new TimeBudget(LIMIT, Duration.ZERO);
    steps = new Steps(box.sandbox, SandboxFixture.LIMITS, workspace, log, budget);
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    box.close();
  }

  private ReadyStep ready(String script) {
    return steps.ready("block 1", script, box.job());
  }

  /// The shell in the sandbox, which waits.
  private static List<Long> waiting() {
    return SandboxFixture.stepsWith("exit 125; ulimit");
  }

  @Test
  void nothingOfItsScriptRunsBeforeItIsTold() throws Exception {
    try (var ready = ready("echo done > here; readlink /proc/self/fd/0")) {
      await().atMost(LIMIT).until(() -> !waiting().isEmpty());
      assertThat(workspace.work()).isEmptyDirectory();
      assertThat(workspace.log()).content().doesNotContain("block 1");

      var step = ready.go();

      assertThat(step.result().passed()).isTrue();
      assertThat(step.lastLine()).isEqualTo("/dev/null");
      assertThat(workspace.work().resolve("here")).hasContent("done");
      assertThat(workspace.log()).content().contains("block 1\n", "block 1: exit 0");
    }
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whatIsGivenUpLeavesNothingAndTakesNoTime() throws Exception {
    var ready = ready("touch here");
    await().atMost(LIMIT).until(() -> !waiting().isEmpty());
    ready.close();
    assertThat(ready.stands()).isFalse();
    assertThat(waiting()).isEmpty();
    assertThat(workspace.work()).isEmptyDirectory();
    assertThat(workspace.log()).content().isEmpty();
    assertThat(steps.timeLeft()).isEqualTo(LIMIT);
    assertThat(steps.run("block 1", "touch here", box.job()).result().passed()).isTrue();
  }

  @Test
  void itIsBegunOnce() throws Exception {
    try (var ready = ready("true")) {
      assertThat(ready.go().result().passed()).isTrue();
      assertThat(ready.stands()).isFalse();
      assertThatThrownBy(ready::go).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anInterruptOfWhoWaitsForItsEndKillsIt() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try (var ready = ready("sleep 981.1")) {
                ready.go();
                ended.complete(new AssertionError("it ended by itself"));
              } catch (Throwable e) {
                ended.complete(e);
              }
            });
    await().atMost(LIMIT).until(() -> !SandboxFixture.stepsWith("sleep\000981.").isEmpty());
    thread.interrupt();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(SandboxFixture.stepsWith("sleep\000981.")).isEmpty();
  }

  @Test
  void itsOwnFailureIsItsEnd() throws Exception {
    try (var ready = ready("echo no; exit 4")) {
      assertThat(ready.go().failure()).contains("exit 4", "no");
    }
  }
}
