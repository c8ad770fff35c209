package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static dev.muster.cli.stub.Samples.downNode;
import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.GoldenView;
import dev.muster.cli.stub.ModelSamples;
import dev.muster.cli.stub.PreviewSample;
import dev.muster.cli.terminal.Caller.Terminals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a reader sees on terminals of three widths. `-Dgolden.write=true` writes the golden files.
class WidthTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/width");
  private static final List<String> COMMANDS =
      List.of(
          "runs list",
          "runs show run_0mwoqed11cc8t",
          "workers list run_0mwoqed11cc8t",
          "workers list run_0mwoqed11cc9x --tree",
          "workers show run_0mwoqed11cc9x/WORKER_001.2",
          "approvals list",
          "nodes list",
          "models list",
          "status",
          "waves list run_0mwoqed11cc8t",
          "approvals show run_0mwoqed11cc8t-1",
          "plan flow",
          "lint flow",
          "config view",
          "config view --origin");

  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new CliBench(folder).nodeRuns();
    bench.terminals = new Terminals(false, true, true);
    bench.environment.putAll(java.util.Map.of("NO_COLOR", "1", "HOSTNAME", "host", "HOME", "/h"));
    bench.node.run("run_0mwoqed11cc8t", held());
    bench.node.run("run_0mwoqed11cc9x", run("COMPLETED", 3, 0, 0, 0));
    bench.node.workers(
        "run_0mwoqed11cc8t",
        titled("WORKER_001", "COMPLETED", "Inventory of the sources", ""),
        titled(
            "WORKER_002",
            "FAILED",
            "数据清单 und Umlaute äöü, a title that a narrow terminal cannot hold in one line",
            "TEST_PROCESS ended with exit status 1: expected 12 rows in reports/inventory.csv,"
                + " found 11"),
        titled("WORKER_003", "AWAITING_APPROVAL", "Publish 🚀", "waits for a decision"));
    var page = titled("WORKER_001.2", "COMPLETED", "The page", "").put("parent", "WORKER_001");
    page.putArray("children").add("WORKER_001.2.1");
    bench.node.workers(
        "run_0mwoqed11cc9x",
        titled("WORKER_001", "COMPLETED", "The site", ""),
        titled("WORKER_002", "COMPLETED", "The list", ""),
        titled("WORKER_001.1", "COMPLETED", "The menu", "").put("weak", true),
        page,
        titled("WORKER_001.2.1", "COMPLETED", "Its pictures of 数据, as large as they are", "")
            .put("weak", true)
            .put("parent", "WORKER_001.2"));
    var bound = approval("run_0mwoqed11cc8t-1");
    var covered = bound.putObject("bound").put("preview", "a".repeat(64));
    for (var name : List.of("reads", "covers", "files", "changes")) covered.putArray(name);
    covered.put("afterCrash", "the database itself");
    bound.putNull("check");
    bound.put("why", "The old \u202Esite\u001B[2J is gone.");
    bench.node.approval(bound);
    bench.node.approval(approval("run_0mwoqed11cc8t-2"));
    bench.node.foreseen(PreviewSample.SEEN);
    bench.node.node(downNode("worker-7"));
    bench.node.models(ModelSamples.models(), ModelSamples.refused());
    var flow = Files.createDirectory(folder.resolve("flow"));
    for (var name : new String[] {"WORKER_001_List.md", "WORKER_002_Count.md"}) {
      try (var in = WidthTest.class.getResourceAsStream("/init/" + name)) {
        assertThat(in).isNotNull();
        if (in != null) Files.copy(in, flow.resolve(name));
      }
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode held() {
    var run = run("HELD", 1, 1, 1, 0);
    run.put("workforce", "audit-of-the-payment-service-and-its-tests");
    return run;
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode titled(
      String id, String state, String title, String detail) {
    return worker(id, state, detail).put("title", title);
  }

  static Stream<Arguments> views() {
    return COMMANDS.stream()
        .flatMap(command -> Stream.of(60, 80, 160).map(width -> Arguments.of(command, width)));
  }

  @ParameterizedTest(name = "{0} on {1} columns")
  @MethodSource("views")
  void aViewFitsTheTerminalAndIsAsItWasAgreed(String command, int width) throws IOException {
    // By default its name depends on where this test runs.
    if (command.startsWith("config")) bench.environment.put("MUSTER_DATA", "data");
    new GoldenView(bench, folder, GOLDEN).fits(command, width);
  }

  @Test
  void idsAreWholeOnEveryWidth() {
    for (var width : new int[] {30, 40, 60, 80, 200}) {
      bench.columns = width;
      bench.muster("runs", "list");
      assertThat(bench.out()).contains("run_0mwoqed11cc8t").contains("run_0mwoqed11cc9x");
      bench.muster("approvals", "list");
      assertThat(bench.out()).contains("run_0mwoqed11cc8t-2");
      bench.muster("workers", "list", "run_0mwoqed11cc8t");
      assertThat(bench.out()).contains("WORKER_002").contains("AWAITING_APPROVAL");
    }
  }

  @Test
  void onAVeryNarrowTerminalTextGivesWayBeforeALineIsTooLong() {
    bench.columns = 48;
    bench.muster("workers", "list", "run_0mwoqed11cc8t");
    assertThat(bench.out().lines()).allMatch(line -> GoldenView.columnsOf(line) <= 48);
    assertThat(bench.out())
        .contains("WORKER_002")
        .contains("AWAITING_APPROVAL")
        .contains("TEST_PROCESS");
  }

  @Test
  void noWordIsBroken() {
    bench.columns = 60;
    bench.muster("workers", "list", "run_0mwoqed11cc8t");
    var words = Arrays.asList(bench.out().split("\\s+"));
    assertThat(words).contains("TEST_PROCESS", "expected", "reports/inventory.csv,", "found");
  }

  @Test
  void whatIsLeftOutIsSaidAndWideShowsAll() {
    bench.columns = 60;
    bench.muster("runs", "list");
    assertThat(bench.out()).doesNotContain("STARTED");
    assertThat(bench.err()).contains("-o wide shows").contains("more columns");
    bench.muster("runs", "list", "-o", "wide");
    assertThat(bench.out()).contains("STARTED").contains("RESULTS");
    assertThat(bench.err()).isEmpty();
  }

  @Test
  void theVariableColumnsIsRespectedAlsoWithoutATerminal() {
    bench.terminals = Terminals.NONE;
    bench.environment.put("COLUMNS", "60");
    bench.muster("nodes", "list");
    assertThat(bench.out().lines()).allMatch(line -> GoldenView.columnsOf(line) <= 60);
    bench.environment.put("COLUMNS", "many");
    bench.muster("runs", "list");
    assertThat(bench.out()).contains("STARTED");
  }

  @Test
  void anotherProgramGetsOneLineARow() {
    bench.terminals = Terminals.NONE;
    bench.muster("workers", "list", "run_0mwoqed11cc8t");
    assertThat(bench.out().lines()).hasSize(4).allMatch(line -> GoldenView.columnsOf(line) <= 160);
  }
}
