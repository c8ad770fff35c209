package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@NeedsSandbox(SandboxKind.UTIL_LINUX)
class UtilLinuxSandboxTest extends SandboxPromises {
  UtilLinuxSandboxTest() {
    super(SandboxKind.UTIL_LINUX);
  }

  @Test
  void itSaysWhichItIs() {
    assertThat(box.sandbox.kind()).isEqualTo(SandboxKind.UTIL_LINUX);
    assertThat(box.sandbox.isolates()).isTrue();
    assertThat(box.sandbox.describe()).startsWith("util-linux in ");
  }

  /// Its first process still has the powers that set the sandbox up.
  @Test
  void theFirstProcessCannotBeUsedByTheScript() throws Exception {
    for (var what : new String[] {"root/", "cwd/", "fd/", "environ", "mem", "ns/mnt"}) {
      assertThat(box.run("ls -l /proc/1/" + what + " && cat /proc/1/" + what).exitCode())
          .as(what)
          .isNotZero();
    }
    assertThat(box.run("{ kill -STOP 1; kill -KILL 1; kill -TERM 1; } || :; echo on").output())
        .endsWith("on");
  }

  @Test
  void aMaskThatCannotBeMadeKeepsTheStepFromStarting() throws Exception {
    var skeleton = box.data.resolve("sandbox/skeleton");
    box.run("true");
    Files.delete(skeleton.resolve("muster/script"));
    Files.createDirectory(skeleton.resolve("muster/script"));
    assertThatThrownBy(() -> box.run("touch started"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the sandbox could not be set up: mount: ")
        .hasMessageContaining("/muster/script");
    assertThat(box.job().work().resolve("started")).doesNotExist();
  }

  @Test
  void nothingIsLeftOfAStart() throws Exception {
    box.run("echo x");
    box.run("exit 3");
    assertThat(box.data.resolve("sandbox/starts")).isEmptyDirectory();
    assertThat(box.data.resolve("sandbox/root")).isEmptyDirectory();
  }

  @Test
  void whatKilledJvmsLeftIsRemovedByTheNextStart() throws Exception {
    var left = Files.createDirectories(box.data.resolve("sandbox/starts/999999999-1"));
    Files.writeString(left.resolve("mounts"), "x");
    SandboxFixture.sandbox(box.data, SandboxMode.REQUIRE, SandboxKind.UTIL_LINUX).close();
    assertThat(left).doesNotExist();
  }

  @Test
  void theDevicesKeepTheirModes() throws Exception {
    assertThat(box.run("chmod 600 /dev/null /dev/stdin").exitCode()).isNotZero();
    assertThat(box.run("echo x > /dev/null; head -c 1 /dev/zero; : < /dev/full").exitCode())
        .isZero();
  }
}
