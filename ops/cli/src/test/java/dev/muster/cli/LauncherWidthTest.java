package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lines of the launchers that look at the terminal, on a real one (`script` of util-linux).
class LauncherWidthTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0} with {1} finds {2}")
  @CsvSource({
    "../launcher/start.sh, ' ', 012 47",
    "../launcher/start.sh, '2> err', 01 47",
    "../launcher/start.sh, '| cat', 02 47",
    "../launcher/start.sh, '2> err | cat', 0 0",
    "../image/src/main/container/usr/local/bin/muster, ' ', 012 47",
    "../image/src/main/container/usr/local/bin/muster, '2> err', 01 47"
  })
  void theWidthIsThatOfTheTerminal(String launcher, String redirection, String found)
      throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    var text = Files.readString(Path.of(launcher)).replaceAll("(?m)^ {2}", "");
    var lines =
        text.substring(
            text.indexOf("\nterminals=\n"),
            text.indexOf("\nesac\n", text.indexOf("columns=0")) + 6);
    var looks = folder.resolve("looks.sh");
    Files.writeString(
        looks, "set -u\n" + lines + "echo \"$terminals $columns\" > '" + folder + "/seen'\n");
    onATerminal("stty cols 47 rows 9; sh '" + looks + "' " + redirection);
    assertThat(Files.readString(folder.resolve("seen")).strip()).isEqualTo(found);
  }

  private void onATerminal(String command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("script", "-qec", command, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said).isTrue();
  }
}
