package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What every sandbox promises on a host whose cgroups belong to somebody else.
@ResourceLock(SandboxFixture.ALONE)
abstract class WithoutCgroupsPromises {
  private final SandboxKind kind;

  @TempDir Path folder;
  private SandboxFixture box;

  WithoutCgroupsPromises(SandboxKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws Exception {
    box = new SandboxFixture(folder, SandboxMode.REQUIRE, false, kind);
  }

  @AfterEach
  void close() {
    if (box != null) box.close();
  }

  @Test
  void aScriptStillWorksInItsWorkspaceStepAfterStep() throws Exception {
    Files.writeString(box.target.resolve("a.txt"), "hello");
    assertThat(box.run("cat $MUSTER_TARGET/a.txt > out; mkdir d; echo 1 > d/f").exitCode())
        .isZero();
    assertThat(box.run("cat out; echo; echo 2 >> d/f; wc -l < d/f").output()).isEqualTo("hello\n2");
    assertThat(box.run("id -u").output()).isNotEqualTo("0");
  }

  @Test
  void aPermittedFolderOfTheOperatorsIsWritable() throws Exception {
    var site = Files.createDirectory(folder.toRealPath().resolve("site"));
    var job = box.job().widened(List.of(site), false);
    assertThat(box.run("echo done > ../../" + site + "/r; echo x > w", job).exitCode()).isZero();
    assertThat(site.resolve("r")).hasContent("done");
    assertThat(box.run("echo y >> w; wc -l < w").output()).isEqualTo("2");
  }

  @Test
  void noPrivilegesCanBeGainedBack() throws Exception {
    assertThat(box.run("grep -E '^Cap(Eff|Prm|Bnd)' /proc/self/status | cut -f2").output().lines())
        .allMatch(line -> line.matches("0+"));
    assertThat(box.run("exec 3>>/proc/sys/kernel/core_pattern").exitCode()).isNotZero();
    assertThat(box.run("echo x > $MUSTER_TARGET/x").exitCode()).isNotZero();
  }

  @Test
  void aForkBombIsBounded() throws Exception {
    var outcome =
        box.run("bomb() { bomb | bomb & }; bomb; sleep 1000", box.job(), Duration.ofMillis(1500));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output()).contains("fork");
    assertThat(box.run("echo alive").output()).isEqualTo("alive");
  }

  @Test
  void aMemoryHogIsBounded() throws Exception {
    assertThat(box.run("x=$(head -c 400M /dev/zero | tr '\\0' y); echo ${#x}").exitCode())
        .isNotZero();
  }

  @Test
  void everythingEndsWithTheStep() throws Exception {
    box.run("setsid sleep 980.1 & echo started");
    assertThat(SandboxFixture.stepsWith("sleep\000980.")).isEmpty();
  }
}
