package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The tour with agents, as somebody sees it who has no model.
@NeedsSandbox
class HelloAgentTest {
  private static final Path HELLO = Muster.repository().resolve("instructions/hello-agent");

  @TempDir Path folder;
  private Muster muster;

  @BeforeEach
  void begin() {
    muster = new Muster(folder).with("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  private Muster.Ended hello(String... more) {
    var line =
        new ArrayList<>(
            List.of(
                "run",
                HELLO.toString(),
                "--no-input",
                "--approve",
                "all",
                "--target",
                muster.target().toString()));
    line.addAll(List.of(more));
    return muster.ask(line.toArray(String[]::new));
  }

  @Test
  void itIsReplayedOutOfTheBoxAndCompletesByTheRuntimesOwnTests() {
    try (var _ = muster.up()) {
      isReplayedAndCompletes();
    }
  }

  private void isReplayedAndCompletes() {
    var ended = hello();

    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(ended.err() + ended.out())
        .contains("REPLAYED: no model is asked", HelloAgentScript.LABEL, "COMPLETED, REPLAYED");
    var summary = Journal.summary(muster);
    assertThat(summary.path("state").asText()).isEqualTo("COMPLETED");
    assertThat(summary.at("/workers/completed").asInt()).isEqualTo(3);
    assertThat(summary.at("/workers/weak").asInt()).isZero();
    assertThat(summary.at("/approvals/autoApproved").asInt()).isEqualTo(1);
    assertThat(muster.target().resolve("hello-agent-report")).isNotEmptyDirectory();

    var said = muster.ask("workers", "show", "WORKER_002", "--conversation");
    assertThat(said.out())
        .contains(
            "COMPLETED, REPLAYED", "the runtime's tests failed", "→ write", "REPLAYED/scripted");
    var asked = muster.ask("workers", "show", "WORKER_002", "--turn", "2");
    assertThat(asked.out())
        .contains("=== system", "You are WORKER_002", "## Your role", "coder", "=== user")
        .doesNotContain(folder.toString(), "run_");
    var models = muster.ask("models", "list");
    assertThat(models.out()).contains("REPLAYED/scripted");
    var cassette = muster.ask("runs", "cassette", "last");
    assertThat(cassette.out().lines()).hasSize(12);
  }

  @Test
  void theFolderHasNoFinding() {
    var linted = muster.ask("lint", HELLO.toString(), "--strict");

    assertThat(linted.exit()).as(linted.toString()).isZero();
  }

  @Test
  void whatIsOnNoTapeFailsInWords() throws IOException {
    var tape = folder.resolve("short.jsonl");
    Files.writeString(tape, Files.readAllLines(HELLO.resolve("cassette.jsonl")).getFirst() + "\n");

    var ended = hello("--replay", tape.toString(), "--only", "WORKER_001");

    assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.out()).contains("the cassette has no answer to message 1");
  }

  /// Run by hand when an instruction, a role, a tool or the prompt has changed; see the README.
  @Test
  @EnabledIfSystemProperty(named = "cassette.record", matches = "true")
  void recordsTheCassetteAnew() throws IOException {
    var tape = folder.resolve("cassette.jsonl");
    try (var model = HelloAgentScript.open()) {
      model.setUp(folder.resolve("config"));
      var ended = hello("--record", tape.toString());
      assertThat(ended.exit()).as(ended.toString()).isZero();
    }
    var lines = new ArrayList<>(Files.readAllLines(tape));
    lines.set(0, "{\"cassette\":1,\"label\":\"" + HelloAgentScript.LABEL + "\"}");
    Files.writeString(HELLO.resolve("cassette.jsonl"), String.join("\n", lines) + "\n");
  }
}
