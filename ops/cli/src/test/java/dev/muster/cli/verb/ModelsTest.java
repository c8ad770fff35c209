package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.ModelSamples;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new CliBench(folder).nodeRuns();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whereThereIsNoneItSaysExactlyWhatToSet() {
    bench.node.models(ModelSamples.none(), ModelSamples.refused());

    assertThat(bench.muster("models", "list")).isZero();

    assertThat(bench.out())
        .contains("No model is set up")
        .contains("muster.conf, such as")
        .contains("providers.ollama { kind = ollama }")
        .contains("profiles.strong { targets = [\"openai/gpt-4\"], suits = [hybrid, creative] }")
        .contains("muster models test local");
  }

  @Test
  void listsSayWhatAProgramNeeds() {
    bench.node.models(ModelSamples.models(), ModelSamples.refused());

    bench.muster("models", "list", "-o", "name");
    assertThat(bench.out()).isEqualTo("strong\nlocal\ncoordinator\n");
    bench.muster("models", "list", "-o", "jsonl");
    assertThat(bench.out()).contains("\"requestsInWindow\":412");
  }

  @Test
  void aTestThatIsAnsweredIsASuccess() {
    bench.node.models(ModelSamples.models(), ModelSamples.answered());

    assertThat(bench.muster("models", "test", "strong")).isZero();
    assertThat(bench.out())
        .isEqualTo(
            "strong: openai/gpt-4 answered “ready” in 0.4 s; 15 tokens read, 1 written,"
                + " $0.0005.\n");
  }

  @Test
  void aTestThatIsNotSaysWhyAndWhenToTryAgain() {
    bench.node.models(ModelSamples.models(), ModelSamples.refused());

    assertThat(bench.muster("models", "test", "strong")).isEqualTo(1);
    assertThat(bench.out())
        .contains("  openai/gpt-4 rate limited: answered 429 `slow down`\n")
        .contains("strong does not answer: provider openai: it said: rate limited")
        .contains("Try again in 40 s.");
  }
}
