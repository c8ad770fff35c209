package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.stub.CliBench;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent asks, where an operator sees it, and how it is answered.
class AnswerTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder).workforce("hello").nodeRuns();
    bench
        .node
        .run("run_1", run("HELD", 2, 0, 1, 0))
        .workers("run_1", worker("WORKER_003", "AWAITING_ANSWER", "waits for an answer (apr_1)"))
        .approval(question());
  }

  private static ObjectNode question() {
    return approval("apr_1")
        .put("kind", "question")
        .put("risk", "READ_ONLY")
        .put("consequence", "WORKER_003 asks: which port?")
        .put("script", "which port?");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theAnswerGoesToTheQuestionThatWasShown() {
    assertThat(bench.muster("answer", "run_1/WORKER_003", "8080")).isZero();
    assertThat(bench.err()).contains("| which port?");
    assertThat(bench.out()).contains("run_1/WORKER_003 is told.");
    assertThat(bench.node.posts).containsExactly("/runs/run_1/workers/WORKER_003/answer");
    assertThat(bench.node.bodies.getFirst().path("digest").asText()).isEqualTo("d1");
    assertThat(bench.node.bodies.getFirst().path("answer").asText()).isEqualTo("8080");
  }

  @Test
  void aRunThatWaitsSaysForWhatAndHowToAnswer() {
    assertThat(bench.muster("run", "hello", "--no-input")).isEqualTo(6);
    assertThat(bench.out())
        .contains("AWAITING_ANSWER", "WORKER_003 asks: which port?")
        .contains("muster answer run_1/WORKER_003 TEXT")
        .doesNotContain("muster approve");
  }

  @Test
  void onATerminalItAsksForWordsAndNoYesIsOne() {
    bench.types("8080\n");
    assertThat(bench.muster("approve", "apr_1")).isZero();
    assertThat(bench.err()).contains("Your answer");
    assertThat(bench.node.posts).containsExactly("/runs/run_1/workers/WORKER_003/answer");
  }

  @Test
  void approvingAllAnswersNoQuestion() {
    assertThat(bench.muster("approve", "--all", "--yes")).isZero();
    assertThat(bench.node.posts).isEmpty();
  }
}
