package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theHelpIsAsItWasAgreed() throws IOException {
    assertThat(bench.muster("--help")).isZero();
    assertThat(bench.out()).isEqualTo(golden("help.txt"));
    assertThat(bench.muster("run", "--help")).isZero();
    assertThat(bench.out()).isEqualTo(golden("help-run.txt"));
  }

  private static String golden(String name) throws IOException {
    try (var in = CliTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(in).as("golden/" + name).isNotNull();
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aVerbThatIsNotThereIsTwoWithASuggestion() {
    assertThat(bench.muster("resme")).isEqualTo(2);
    assertThat(bench.err()).contains("did you mean").contains("resume").contains("muster --help");
  }

  @Test
  void noVerbIsTwoWithTheHelpOnStderr() {
    assertThat(bench.muster()).isEqualTo(2);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.err()).contains("Usage: muster VERB");
    assertThat(bench.muster("runs")).isEqualTo(2);
    assertThat(bench.err()).contains("muster runs");
  }

  @Test
  void flagsStandBeforeOrAfterTheVerb() {
    assertThat(bench.muster("-o", "name", "version")).isZero();
    assertThat(bench.out()).isEqualTo("1.2.3\n");
    assertThat(bench.muster("version", "-o", "json")).isZero();
    assertThat(bench.out()).startsWith("{\"version\":\"1.2.3\"");
  }

  @Test
  void aTimeThatIsNoneIsTwo() {
    assertThat(bench.muster("status", "--timeout", "soon")).isEqualTo(2);
    assertThat(bench.err()).contains("expected a time such as 30s");
  }

  @Test
  void settingsShowTheirOrigin() throws IOException {
    Files.writeString(folder.resolve("muster.conf"), "slots = 3\n");
    bench.environment.put("MUSTER_DATABASE_PASSWORD", "hush");
    assertThat(bench.muster("config", "view", "--origin", "--data", "d")).isZero();
    assertThat(bench.out())
        .contains("flag --data")
        .contains("muster.conf:1")
        .contains("environment MUSTER_DATABASE_PASSWORD")
        .doesNotContain("hush");
  }

  @Test
  void initWritesAWorkforceOnce() {
    assertThat(bench.muster("init", "mine")).isZero();
    assertThat(folder.resolve("mine/WORKER_001_List.md")).exists();
    assertThat(folder.resolve("mine/TEN_POINT.md")).content().contains("## EXECUTION blocks");
    assertThat(folder.resolve("muster.conf")).exists();
    assertThat(bench.muster("config", "view")).isZero();
    assertThat(bench.muster("init", "mine")).isEqualTo(5);
  }

  @Test
  void theFormatIsPrintedWholeOrByTopicAndLintLeadsToIt() throws Exception {
    assertThat(bench.muster("instructions", "format")).isZero();
    assertThat(bench.out()).contains("# The ten-point instruction file").contains("### low-score");
    assertThat(bench.muster("instructions", "format", "masked-test")).isZero();
    assertThat(bench.out()).startsWith("### masked-test\n*warning*").doesNotContain("### invalid");
    assertThat(bench.muster("instructions", "format", "nothing")).isEqualTo(3);
    assertThat(bench.err()).contains("masked-test");
    Files.writeString(folder.resolve("WORKER_001_A.md"), "# Worker 1\n");
    bench.muster("lint", ".");
    assertThat(bench.out()).contains("muster instructions format no-test");
  }

  @Test
  void completionsAreMadeForBothShells() throws Exception {
    assertThat(bench.muster("completion", "bash")).isZero();
    var script = folder.resolve("completion.bash");
    Files.writeString(script, bench.out());
    assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor()).isZero();
    assertThat(bench.out()).contains("resume").contains("--no-input");
    assertThat(bench.muster("completion", "zsh")).isZero();
    assertThat(bench.out()).contains("bashcompinit");
    assertThat(bench.muster("completion", "fish")).isEqualTo(2);
  }

  @Test
  void theDoctorSaysWhatItFound() {
    bench.environment.put("PATH", "/nonexistent");
    assertThat(bench.muster("doctor")).isEqualTo(1);
    assertThat(bench.out()).contains("no bash, no awk").contains("install bubblewrap");
    bench.environment.put("PATH", System.getenv("PATH"));
    bench.muster("doctor", "-o", "json");
    assertThat(bench.out()).contains("\"check\" : \"sandbox\"");
  }
}
