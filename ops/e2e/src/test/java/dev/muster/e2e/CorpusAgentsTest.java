package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.calls;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real instruction files, written for models, carried out by a scripted one over the real wire:
/// the files' own tests are run by the runtime, with python3.
@NeedsSandbox
class CorpusAgentsTest {
  private static final Path CORPUS = Muster.repository().resolve("../shared/corpus").normalize();
  private static final String ELSEWHERE = "/Volumes/Data/ai_projects/wingman-system/wingman";

  private static final String SKELETON =
      """
      \"""Checks instructions by what they mean.\"""


      class SemanticAnalyzer:
          \"""Skeleton of the semantic analyzer.\"""

          def __init__(self%s) -> None:
              self.ollama_endpoint = %s
      """;

  private static final String SCANNER =
      """
      \"""Looks through code.\"""


      class CodeScanner:
          \"""Skeleton of the code scanner.\"""

          def __init__(self) -> None:
              self.findings: list[str] = []
      """;

  private static final String VALIDATOR =
      """
      \"""Per-section quality assessment for 10-point framework.\"""

      from typing import Any


      class ContentQualityValidator:
          \"""Skeleton of the validator.\"""

          def __init__(self, semantic_analyzer: Any) -> None:
              self.semantic_analyzer = semantic_analyzer
      """;

  @TempDir Path folder;
  private Muster muster;

  @BeforeEach
  void begin() {
    assumeTrue(Files.isDirectory(CORPUS), "the corpus is not beside this repository");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3");
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_ATTEMPTS_MAX", "1")
            .with("MUSTER_PATHS", ELSEWHERE);
  }

  @Test
  void threeOfTheCorpusAreCompletedOneOfThemAfterARepair() throws Exception {
    var some = some("001", "019", "055");
    try (var model = new ScriptedModel()) {
      model
          .worker(
              "WORKER_001",
              calls(
                  write("validation/semantic_analyzer.py", SKELETON.formatted("", "None")),
                  shell("python3 -c 'from validation.semantic_analyzer import SemanticAnalyzer'")),
              finish("The class is there."),
              write(
                  "validation/semantic_analyzer.py",
                  SKELETON.formatted(
                      ", ollama_endpoint: str = \"http://ollama:11434\"", "ollama_endpoint")),
              finish("It now takes the endpoint."))
          .worker(
              "WORKER_019",
              write("wingman/validation/code_scanner.py", SCANNER),
              finish("The class is there."))
          .worker(
              "WORKER_055",
              calls(
                  write("wingman/validation/content_quality_validator.py", VALIDATOR),
                  shell("cd " + ELSEWHERE + " && python3 -m py_compile wingman/validation/*.py")),
              finish("The class is there, and compiles."))
          .setUp(folder.resolve("config"));
      var target = muster.target().toString();

      try (var _ = muster.up()) {
        var ended = muster.ask("run", some.toString(), "--no-input", "--target", target);

        assertThat(ended.exit()).as(ended.toString()).isZero();
        var summary = Journal.summary(muster);
        assertThat(summary.at("/workers/completed").asInt()).isEqualTo(3);
        assertThat(model.received()).hasSize(8);
        var said = muster.ask("workers", "show", "WORKER_001", "--conversation");
        assertThat(said.out())
            .contains("the runtime's tests failed", "loopback/scripted", "COMPLETED")
            .doesNotContain("REPLAYED");
        assertThat(muster.ask("models", "list").out()).contains("loopback/scripted");
      }
    }
  }

  @Test
  void thinFilesShowTheirFindingsAndStillRun() throws Exception {
    var some = some("070", "075", "083");
    try (var model = new ScriptedModel()) {
      for (var id : List.of("WORKER_070", "WORKER_075", "WORKER_083")) {
        model.worker(id, write("notes.txt", "nothing more"), finish("Done."));
      }
      model.setUp(folder.resolve("config"));
      var linted = muster.ask("lint", some.toString());
      assertThat(linted.out()).contains("WORKER_070", "WORKER_075", "WORKER_083", "missing-point");

      var target = muster.target().toString();
      var ended = muster.ask("run", some.toString(), "--no-input", "--target", target);

      // What they owe is not there, so the runtime's verdict is what it must be.
      assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
      assertThat(Journal.summary(muster).at("/workers/failed").asInt()).isEqualTo(3);
      assertThat(model.received()).isNotEmpty();
    }
  }

  private Path some(String... numbers) throws IOException {
    var some = Files.createDirectories(folder.resolve("some"));
    try (var files = Files.list(CORPUS)) {
      for (var file : files.toList()) {
        var name = String.valueOf(file.getFileName());
        for (var number : numbers) {
          if (name.startsWith("WORKER_" + number + "_")) {
            Files.copy(file, some.resolve(name));
          }
        }
      }
    }
    return some;
  }
}
