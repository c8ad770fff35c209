package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The operator's hold on agents: questions, what they tried, what they may use.
@NeedsSandbox
@Execution(ExecutionMode.CONCURRENT)
class AgentControlsTest {
  @TempDir Path folder;
  private Muster muster;
  private Path flow;

  @BeforeEach
  void begin() {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_ATTEMPTS_MAX", "1");
    flow = folder.resolve("flow");
  }

  private Muster.Ended run(String... more) {
    var line = new ArrayList<String>();
    line.addAll(List.of("run", flow.toString(), "--no-input", "--target"));
    line.add(muster.target().toString());
    line.addAll(List.of(more));
    return muster.ask(line.toArray(String[]::new));
  }

  @Test
  void aQuestionWaitsForWordsWhateverEndsAndWhatWasTriedIsWrittenDown() throws Exception {
    Workforces.thinking(flow, Worker.simple(1, 1, ""));
    try (var model = new ScriptedModel()) {
      model
          .worker(
              "WORKER_001",
              write("../../escape.txt", "out"),
              call("ask", Map.of("question", "Which number shall it have?")),
              write("results/001.txt", "worker 1\n"),
              finish("It is there."))
          .setUp(folder.resolve("config"));

      // No policy knows an answer.
      var held = run("--approve", "all");
      assertThat(held.exit()).as(held.toString()).isEqualTo(6);
      assertThat(held.out())
          .contains("AWAITING_ANSWER", "WORKER_001 asks: Which number shall it have?")
          .contains("muster answer ");

      var told = muster.ask("answer", "last/WORKER_001", "One, as ever.");
      assertThat(told.exit()).as(told.toString()).isZero();
      var late = muster.ask("answer", "last/WORKER_001", "Two.");
      assertThat(late.exit()).as(late.toString()).isEqualTo(5);
      assertThat(late.err()).contains("was answered by ");

      var ended = muster.ask("resume", "--no-input");
      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.out()).contains("spend 4 turns");
      assertThat(model.received()).hasSize(4);
      assertThat(model.received().get(2).body()).contains("One, as ever.", "no permission");
      assertThat(muster.ask("workers", "show", "WORKER_001", "--conversation").out())
          .contains("Which number shall it have?", "One, as ever.");

      var tried = muster.ask("audit", "list", "--kind", "violation");
      assertThat(tried.out()).contains("path_traversal by write").contains("agent of run_");
      assertThat(tried.out().lines().filter(it -> it.contains("path_traversal"))).hasSize(1);

      var spend = Journal.summary(muster).path("spend");
      assertThat(spend.at("/total/turns").asInt()).isEqualTo(4);
      assertThat(spend.at("/profiles/local/costDollars").asDouble()).isPositive();
      assertThat(Journal.summary(muster).at("/waves/0/spend/turns").asInt()).isEqualTo(4);
    }
  }

  @Test
  void aRunThatHasUsedItsShareAsksAndOneYesLetsAllGoOn() throws Exception {
    Workforces.thinking(flow, Worker.simple(1, 1, ""), Worker.simple(2, 1, ""));
    muster.with("MUSTER_AGENTS_RUN_TURNS_MAX", "3").with("MUSTER_AGENTS_AT_LIMIT", "ask");
    try (var model = new ScriptedModel()) {
      for (var number = 1; number <= 2; number++) {
        model.worker(
            "WORKER_00" + number,
            write("results/00" + number + ".txt", "worker " + number + "\n"),
            finish("It is there."));
      }
      model.setUp(folder.resolve("config"));

      var held = run("--approve", "all");
      assertThat(held.exit()).as(held.toString()).isEqualTo(6);
      assertThat(model.received()).hasSize(3);
      var approved = muster.ask("approve", "--all", "--yes");
      assertThat(approved.out() + approved.err())
          .contains("the agents of its run may use 3 turns together, and that is used up");
      var ended = muster.ask("resume", "--no-input");
      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(model.received()).hasSize(4);
    }
  }
}
