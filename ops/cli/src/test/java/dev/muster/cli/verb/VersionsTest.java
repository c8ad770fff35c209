package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.terminal.Caller.Terminals;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The texts that an instruction has had.
class VersionsTest {
  private static final String NEW = "3fa2" + "0".repeat(60);
  private static final String OLD = "3b11" + "0".repeat(60);
  private static final String PATH = "/api/v1/instructions/hello/WORKER_001/versions";
  private static final String ITEM =
      """
      {"digest":"%s","firstAt":"2026-03-01T10:00:00.000Z","lastAt":"2026-03-01T10:00:00.000Z",
       "runs":%d,"completed":1,"lastRun":%s,"savedAt":%s,"savedBy":%s,"folder":%s}
      """;

  @TempDir private Path folder;
  private CliBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new CliBench(folder);
    var saved =
        ITEM.formatted(NEW, 0, "null", "\"2026-03-01T10:00:00.000Z\"", "\"olga\"", "\"/w/hello\"");
    var taken = ITEM.formatted(OLD, 2, "\"run_1\"", "null", "null", "null");
    bench
        .nodeRuns()
        .node
        .run("run_1", run("COMPLETED", 1, 0, 0, 0))
        .text(PATH, "{\"items\":[" + saved + "," + taken + "],\"next\":null}")
        .text(PATH + "/" + OLD, "# Hello\n\u001b[2Jas it was\n")
        .text(
            PATH + "/" + OLD + "/diff",
            """
            {"from":"%s","to":"%s","added":1,"removed":2,"diff":"@@ -1,2 +1,1 @@\\n-a\\n-b\\n+c\\n",
             "cut":false}
            """
                .formatted(OLD, NEW));
    Files.createDirectory(folder.resolve("hello"));
    Files.writeString(folder.resolve("hello/WORKER_001_Greet.md"), "# Hello\n");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void areListedForAFileAWorkforceAndARun() {
    bench.node.run("run_1", run("COMPLETED", 1, 0, 0, 0).put("workforce", "hello"));
    for (var of :
        new String[] {"hello/WORKER_001_Greet.md", "hello/WORKER_001", "last/WORKER_001"}) {
      assertThat(bench.muster("instructions", "versions", of)).as(of).isZero();
      assertThat(bench.out()).as(of).contains("3fa200000000").contains("olga").contains("run_1");
    }
    assertThat(bench.muster("instructions", "versions", "hello/WORKER_001", "-o", "name")).isZero();
    assertThat(bench.out()).isEqualTo(NEW + "\n" + OLD + "\n");
    assertThat(bench.muster("instructions", "versions", "WORKER_001")).isEqualTo(2);
  }

  @Test
  void oneIsPrintedAsItIsIntoAFileAndHarmlessOnATerminal() {
    var of = "hello/WORKER_001";
    assertThat(bench.muster("instructions", "versions", of, "--text", "3b")).isZero();
    assertThat(bench.out()).isEqualTo("# Hello\n\u001b[2Jas it was\n");
    bench.terminals = new Terminals(false, true, true);
    assertThat(bench.muster("instructions", "versions", of, "--text", "3b")).isZero();
    assertThat(bench.out()).doesNotContain("\u001b[2J").contains("as it was\n");

    assertThat(bench.muster("instructions", "versions", of, "--text", "3")).isEqualTo(2);
    assertThat(bench.muster("instructions", "versions", of, "--text", "9")).isEqualTo(3);
  }

  @Test
  void twoOfThemAndAFileAreCompared() {
    var file = "hello/WORKER_001_Greet.md";
    assertThat(bench.muster("instructions", "versions", file, "--diff", "3b")).isZero();
    assertThat(bench.out())
        .contains("3b1100000000  to 3fa200000000: 1 line more, 2 less")
        .contains("  -a\n  -b\n  +c\n");
    assertThat(bench.muster("instructions", "versions", file, "--diff", "3b", "--text", "3b"))
        .isEqualTo(2);
    assertThat(bench.muster("instructions", "versions", file, "--diff", "3b", "--against", "9"))
        .isEqualTo(3);
  }
}
