package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A host without any sandbox and without cgroups: nothing is kept in, everything is ended.
@ResourceLock(SandboxFixture.ALONE)
class PlainSandboxTest {
  @TempDir Path folder;
  private SandboxFixture box;

  @BeforeEach
  void open() throws Exception {
    box = new SandboxFixture(folder, SandboxMode.OFF, false, SandboxKind.NONE);
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void itSaysThatItIsNoSandbox() {
    assertThat(box.sandbox.isolates()).isFalse();
    assertThat(box.sandbox.describe()).startsWith("NO SANDBOX").contains("sandbox = off");
  }

  @Test
  void theEnvironmentIsCleanAllTheSame() throws Exception {
    var outcome = box.run("env | grep -vE '^(PWD|SHLVL|_|OLDPWD)=' | cut -d= -f1 | sort");
    assertThat(outcome.output().lines())
        .containsExactly(
            "HOME",
            "LANG",
            "MUSTER_ATTEMPT",
            "MUSTER_INPUTS",
            "MUSTER_RUN",
            "MUSTER_TARGET",
            "MUSTER_WORKER",
            "PATH",
            "TMPDIR");
    assertThat(box.run("echo x > f; pwd").output()).isEqualTo(box.job().work().toString());
  }

  @Test
  void whatLeavesItsSessionAndWipesItsEnvironmentIsEndedToo() throws Exception {
    var outcome =
        box.run("(setsid setsid env -i /bin/sleep 979.7 >/dev/null 2>&1 & exit); echo started");
    assertThat(outcome.output()).isEqualTo("started");
    assertThat(SandboxFixture.stepsWith("sleep\000979.7")).isEmpty();
    assertThat(SandboxFixture.processesWith("sleep\000979.7")).isEmpty();
  }

  /// Such as the database of a cluster, by a command that ends while a step runs here.
  @Test
  void whatSomebodyElseHasLeftRunningIsNotTakenForAStepsAndGoesOn() throws Exception {
    var began = box.job().work().resolve("began");
    var step =
        CompletableFuture.supplyAsync(() -> {
          try {
            return box.run(
                "(setsid env -i /bin/sleep 976.1 >/dev/null 2>&1 &); touch began;"
                    + " until [ -e go ]; do sleep 0.1; done",
                box.job(),
                Duration.ofMinutes(3));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    await(() -> Files.exists(began));
    var starter =
        new ProcessBuilder("bash", "-c", "setsid sleep 976.2 >/dev/null 2>&1 & echo $!").start();
    var other = Long.parseLong(starter.inputReader().readLine());
    try {
      await(() -> isOurs(other));
      Files.createFile(began.resolveSibling("go"));
      assertThat(step.join().exitCode()).isZero();
      assertThat(SandboxFixture.processesWith("sleep\000976.1")).isEmpty();
      assertThat(SandboxFixture.processesWith("sleep\000976.2")).hasSize(1);
    } finally {
      ProcessHandle.of(other).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as("waited for a minute").isNegative();
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static boolean isOurs(long pid) {
    var stat = ProcStat.read(pid);
    return stat != null && stat.parent() == ProcessHandle.current().pid();
  }

  @Test
  void whatTriesToGetAwayIsEndedToo() throws Exception {
    var outcome =
        box.run("setsid sleep 979.1 & (setsid nohup sleep 979.2 >/dev/null 2>&1 &) ; echo started");
    assertThat(outcome.output()).isEqualTo("started");
    assertThat(outcome.duration()).isLessThan(Duration.ofSeconds(60));
    assertThat(SandboxFixture.stepsWith("sleep\000979.")).isEmpty();
  }

  @Test
  void aStepThatTakesTooLongIsKilled() throws Exception {
    var outcome = box.run("setsid sleep 978.1 & sleep 978.2", box.job(), Duration.ofMillis(500));
    assertThat(outcome.exitCode()).isEqualTo(124);
    assertThat(SandboxFixture.stepsWith("sleep\000978.")).isEmpty();
  }

  @Test
  void notesOnDiskAreGoneWhenTheStepIs() throws Exception {
    box.run("true");
    assertThat(box.data.resolve("processes")).isEmptyDirectory();
  }

  @Test
  void aNoteWhosePidSomebodyElseHasKillsNobody() throws Exception {
    var bystander = new ProcessBuilder("sleep", "977.1").start();
    try {
      Files.writeString(
          box.data.resolve("processes/step-1-1"),
          "run_1\nWORKER_001\n1\n" + bystander.pid() + " 1\n");
      Files.writeString(box.data.resolve("processes/step-1-2"), "nonsense");
      SandboxFixture.probe(box.data, false, SandboxKind.NONE).open(SandboxMode.OFF).close();
      assertThat(bystander.isAlive()).isTrue();
      assertThat(box.data.resolve("processes")).isEmptyDirectory();
    } finally {
      bystander.destroyForcibly();
    }
  }
}
