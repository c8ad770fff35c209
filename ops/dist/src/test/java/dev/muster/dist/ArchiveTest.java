package dev.muster.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The packed archive on a machine that has no Java and no Maven on its path.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveTest {
  private static final List<String> TOOLS =
      List.of("sh", "bash", "dirname", "readlink", "stty", "awk", "grep", "find", "sed", "bwrap");

  @TempDir Path folder;
  private Path home;
  private Path tools;
  private Path work;

  record Ended(int exitCode, String out, String err) {}

  @BeforeAll
  void unpack() throws Exception {
    var place = Files.createDirectory(folder.resolve("some where"));
    var archive = System.getProperty("dist.archive", "");
    var tar = new ProcessBuilder("tar", "-xzf", archive, "-C", place.toString()).inheritIO();
    assertThat(tar.start().waitFor()).isZero();
    try (var found = Files.list(place)) {
      home = found.findFirst().orElseThrow();
    }
    tools = Files.createDirectory(folder.resolve("tools"));
    for (var tool : TOOLS) {
      for (var bin : List.of("/usr/bin", "/bin")) {
        var program = Path.of(bin, tool);
        if (Files.exists(program) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), program);
        }
      }
    }
    work = Files.createDirectory(folder.resolve("work"));
  }

  private Ended muster(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(home.resolve("bin/muster").toString()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", tools.toString(), "MUSTER_HEADROOM_CPU_PERCENT", "100"));
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void itKnowsItsVersionWithoutAJdkOrMaven() throws Exception {
    var ended = muster("version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("muster ").contains("JDK 25");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void itRunsWhatIsBundled() throws Exception {
    var ended =
        muster(
            "run",
            home.resolve("instructions/hello").toString(),
            "--no-input",
            "--approve",
            "all",
            "--port",
            "0");
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    assertThat(ended.out()).contains("COMPLETED");
    assertThat(work.resolve("out")).isDirectory();
  }

  @Test
  void theCacheOfItsJvmIsAcceptedWhereItWasUnpacked() throws Exception {
    var java = home.resolve("runtime/bin/java").toString();
    var path = new ArrayList<String>();
    for (var name : Files.readString(home.resolve("lib/class-path")).strip().split(":", -1)) {
      path.add(home.resolve("lib").resolve(name).toString());
    }
    var process =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-XX:AOTMode=on", // an error, not slower, when the cache does not fit
                "-XX:AOTCache=" + home.resolve("lib/muster.aot"),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(":", path),
                "dev.muster.cli.Main",
                "version")
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
