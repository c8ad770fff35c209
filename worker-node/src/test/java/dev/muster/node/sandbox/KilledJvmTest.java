package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `kill -9` of the JVM, with a real second one.
@ResourceLock(SandboxFixture.ALONE)
class KilledJvmTest {
  @TempDir Path folder;

  /// The second JVM: runs one script in a sandbox, and never comes back.
  static final class Victim {
    public static void main(String[] arguments) throws Exception {
      var box =
          new SandboxFixture(
              Path.of(arguments[0]),
              SandboxMode.valueOf(arguments[1]),
              Boolean.parseBoolean(arguments[2]),
              SandboxKind.valueOf(arguments[3]));
      box.run("setsid sleep " + arguments[4] + ".1 & sleep " + arguments[4] + ".2");
    }

    private Victim() {}
  }

  private Process victim(SandboxMode mode, boolean cgroups, SandboxKind kind, String seconds)
      throws Exception {
    var victim =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                mode.name(),
                Boolean.toString(cgroups),
                kind.name(),
                seconds)
            .inheritIO()
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> SandboxFixture.processesWith("sleep\000" + seconds + ".").size() == 2);
    return victim;
  }

  @NeedsSandbox(SandboxKind.BUBBLEWRAP)
  @ParameterizedTest(name = "with cgroups: {0}")
  @ValueSource(booleans = {true, false})
  void leavesNothingOfBubblewrapBehind(boolean cgroups) throws Exception {
    leavesNothingBehind(cgroups, SandboxKind.BUBBLEWRAP, cgroups ? "976" : "975");
  }

  @NeedsSandbox(SandboxKind.UTIL_LINUX)
  @ParameterizedTest(name = "with cgroups: {0}")
  @ValueSource(booleans = {true, false})
  void leavesNothingOfTheSecondSandboxBehind(boolean cgroups) throws Exception {
    leavesNothingBehind(cgroups, SandboxKind.UTIL_LINUX, cgroups ? "973" : "972");
  }

  private void leavesNothingBehind(boolean cgroups, SandboxKind kind, String seconds)
      throws Exception {
    var victim = victim(SandboxMode.REQUIRE, cgroups, kind, seconds);
    victim.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(SandboxFixture.processesWith("sleep\000" + seconds + ".")).isEmpty());
  }

  @Test
  void whatRanWithoutASandboxIsEndedByTheNextStart() throws Exception {
    victim(SandboxMode.OFF, false, SandboxKind.NONE, "974")
        .destroyForcibly()
        .waitFor(5, TimeUnit.SECONDS);
    assertThat(SandboxFixture.processesWith("sleep\000974.")).hasSize(2);
    new SandboxFixture(folder, SandboxMode.OFF, false, SandboxKind.NONE).close();
    assertThat(SandboxFixture.processesWith("sleep\000974.")).isEmpty();
  }
}
