package dev.muster.cli;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.cli.stub.CliBench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster top` in a process and on a terminal of its own (`script` of util-linux), which grows
/// while it is there, and at which somebody presses Ctrl-C.
class TopOnATerminalTest {
  private static final String LEAVE = "\u001b[?1049l";
  private static final char CTRL_C = 3;
  private static final int SEEN_MAX = 1 << 20;

  @TempDir Path folder;
  private final StringBuilder seen = new StringBuilder();

  @Test
  void itFollowsTheSizeOfTheTerminalAndGivesItBackAtCtrlC() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    try (var bench = new CliBench(folder).nodeRuns()) {
      bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1));
      var process = start(bench);
      try (var screen = process.getInputStream()) {
        until(screen, it -> it.contains("\u001b[7;1HCtrl-C ends"));
        assertThat(seen).contains("\u001b[?1049h").contains("more below").doesNotContain("STARTED");
        stty("cols", "120", "rows", "30");
        until(screen, it -> it.contains("\u001b[30;1HCtrl-C ends") && it.contains("STARTED"));
        process.getOutputStream().write(CTRL_C);
        process.getOutputStream().flush();
        until(screen, it -> it.contains("ended with 130"));
        assertThat(seen.substring(0, seen.indexOf("ended with")).strip()).endsWith(LEAVE);
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Process start(CliBench bench) throws IOException {
    var java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dmuster.terminals=012",
            "-Dmuster.columns=47",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "top",
            "--server",
            bench.node.url().toString());
    Files.writeString(
        folder.resolve("top.sh"),
        "trap : INT; stty cols 47 rows 7; tty > '%s/tty'; '%s'; echo ended with $?\n"
            .formatted(folder, String.join("' '", java)));
    var builder =
        new ProcessBuilder(
                "timeout", "180", "script", "-qec", "sh " + folder.resolve("top.sh"), "/dev/null")
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "TERM", "xterm",
                "NO_COLOR", "1",
                "MUSTER_TOKEN_FILE", bench.data().resolve("operator.token").toString(),
                "XDG_STATE_HOME", folder.resolve("state").toString(),
                "XDG_CONFIG_HOME", folder.resolve("config").toString()));
    builder.environment().keySet().removeAll(List.of("COLUMNS", "LINES"));
    return builder.start();
  }

  /// As a window that is dragged tells its terminal.
  private void stty(String... size) throws IOException, InterruptedException {
    var tty = Files.readString(folder.resolve("tty")).strip();
    var command = new java.util.ArrayList<>(List.of("stty", "-F", tty));
    command.addAll(List.of(size));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  /// Reads on; a wait in vain ends with the process, three minutes after it began.
  private void until(InputStream screen, Predicate<String> enough) throws IOException {
    var some = new byte[4_096];
    while (!enough.test(seen.toString())) {
      var count = screen.read(some);
      assertThat(count).as("it ended:%n%s", seen).isPositive();
      seen.append(new String(some, 0, count, StandardCharsets.UTF_8));
      assertThat(seen.length()).as("so much, and not what was waited for").isLessThan(SEEN_MAX);
    }
  }
}
