package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.AnswerSamples;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.GoldenView;
import dev.muster.cli.stub.ModelSamples;
import dev.muster.cli.terminal.Caller.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an administrator sees, and what lists are to a program.
class ViewsTest {
  private static final String RUN = "run_0mwoqed11cc8t";
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<String> VIEWS =
      List.of(
          "audit list",
          "users list",
          "tokens list",
          "secrets list",
          "policy list",
          "admin readers",
          "admin collection",
          "models test strong",
          "results " + RUN,
          "runs events " + RUN,
          "runs room " + RUN,
          "runs state " + RUN,
          "workers notes " + RUN + "/WORKER_002",
          "workers show " + RUN + "/WORKER_002");

  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder).nodeRuns();
    bench.environment.putAll(java.util.Map.of("NO_COLOR", "1", "HOSTNAME", "host"));
    bench.node.run(RUN, run("FAILED", 2, 1, 0, 0));
    bench.node.workers(
        RUN,
        worker("WORKER_001", "COMPLETED", "").put("title", "Inventory of the sources"),
        worker(
                "WORKER_002",
                "FAILED",
                "TEST_PROCESS ended with exit status 1: expected 12 rows in reports/inventory.csv,"
                    + " found 11")
            .put("title", "数据清单, a title that a narrow terminal cannot hold in one line")
            .put("node", "local")
            .put("startedAt", "2026-01-01T00:00:02.000Z")
            .put("settledAt", "2026-01-01T00:00:09.000Z"));
    bench.node.approval(approval(RUN + "-1"));
    bench.node.models(ModelSamples.models(), ModelSamples.refused());
    AnswerSamples.fill(bench.node);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  static Stream<Arguments> views() {
    return VIEWS.stream()
        .flatMap(command -> Stream.of(80, 160).map(width -> Arguments.of(command, width)));
  }

  @ParameterizedTest(name = "{0} on {1} columns")
  @MethodSource("views")
  void aViewFitsTheTerminalAndIsAsItWasAgreed(String command, int width) throws IOException {
    bench.terminals = new Terminals(false, true, true);
    new GoldenView(bench, folder, GOLDEN.resolve("width")).fits(command, width);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin readers",
        "approvals list",
        "audit list",
        "nodes list",
        "policy list",
        "runs list",
        "runs room " + RUN,
        "runs state " + RUN,
        "secrets list",
        "tokens list",
        "users list",
        "waves list " + RUN,
        "workers list " + RUN,
        "workers notes " + RUN + "/WORKER_002",
      })
  void aProgramGetsWhatTheNodeSaid(String command) throws IOException {
    new GoldenView(bench, folder, GOLDEN.resolve("json")).isAsAgreed(command + " -o json");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void whatIsWrongWithThisHostFitsToo(int width) {
    bench.terminals = new Terminals(false, true, true);
    bench.columns = width;
    bench.muster("doctor");
    assertThat(bench.out().lines())
        .filteredOn(line -> !line.contains("muster ") && line.strip().contains(" "))
        .isNotEmpty()
        .allMatch(line -> GoldenView.columnsOf(line) <= width);
  }
}
