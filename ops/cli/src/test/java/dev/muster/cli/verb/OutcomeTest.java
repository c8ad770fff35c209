package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.leftOut;
import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.stub.CliBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a run that ended well, and not quite.
class OutcomeTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder).workforce("hello");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatWasLeftOutIsNamedOnEveryScreenAndIsOne() {
    bench.nodeRuns().node.run("run_1", leftOut(run("INCOMPLETE", 3, 0, 0, 0)));

    assertThat(bench.muster("run", "hello", "--allow-incomplete")).isEqualTo(1);

    var left = "INCOMPLETE: 2 of 5 left out: WORKER_004, WORKER_005";
    assertThat(bench.node.bodies.getFirst().path("allowIncomplete").asBoolean()).isTrue();
    assertThat(bench.err())
        .contains(left, "bad `opertion` (/w/WORKER_004_X.md:33)")
        .contains("1 error and 2 warnings", "2 thin-point", "muster lint hello");
    assertThat(bench.out())
        .contains("INCOMPLETE, 1 passage ignored after", "WORKER_001: the block below 'Rollback'")
        .contains("5 workers: 3 completed, 2 left out", left)
        .contains("WORKER_005: it waits for WORKER_004", "(/w/WORKER_005_Y.md:21)");
    for (var screen : List.of("runs list", "status", "runs show run_1", "workers list run_1")) {
      bench.muster(screen.split(" "));
      assertThat(bench.out() + bench.err()).as(screen).contains(left, "1 passage");
    }
    assertThat(bench.muster("results", "run_1")).isZero();
    assertThat(bench.out()).contains(left, "1 passage");
  }

  @Test
  void aWeakVerdictIsSaidBesideEveryRateAndCount() {
    var weak = run("COMPLETED", 3, 0, 0, 0);
    ((ObjectNode) weak.path("workers")).put("weak", 1);
    ((ObjectNode) weak.path("waves").path(0)).put("weak", 1);
    bench.nodeRuns().node.run("run_1", weak);

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.out())
        .contains("COMPLETED (1 weak) after")
        .contains("3 completed (1 weak)")
        .contains("tests passed 100.0 % (1 weak: its test proves too little)")
        .containsPattern("Inventory +2/2 +2 \\(1 weak\\)");
    for (var screen : List.of("runs list", "status", "waves list run_1")) {
      bench.muster(screen.split(" "));
      assertThat(bench.out()).as(screen).contains("(1 weak)");
    }
  }

  @Test
  void resultsAreWrittenAgainOnlyWhereTheyAreNotThere(@TempDir Path results) throws IOException {
    var ended = run("COMPLETED", 3, 0, 0, 0);
    ((ObjectNode) ended.path("settings")).put("results", results.toString());
    bench.nodeRuns().node.run("run_1", ended);

    assertThat(bench.muster("results", "run_1")).isZero();
    assertThat(bench.node.posts).containsExactly("/runs/run_1/results");

    var summary = Files.createDirectory(results.resolve("run_1")).resolve("execution_summary.json");
    Files.writeString(summary, "{}");
    assertThat(bench.muster("results", "run_1")).isZero();
    assertThat(bench.node.posts).hasSize(1);
    ((ObjectNode) ended.path("results")).put("written", false);
    bench.muster("results", "run_1");
    assertThat(bench.node.posts).hasSize(2);
  }

  @Test
  void resultsThatWereNotWrittenAreSaidWithWhatToDo() {
    var ended = run("COMPLETED", 3, 0, 0, 0);
    ((ObjectNode) ended.path("results")).put("written", false).put("failure", "cannot write /r");
    var pending = run("COMPLETED", 3, 0, 0, 0);
    pending.putNull("results");
    bench.nodeRuns().node.run("run_1", pending, pending, ended);

    assertThat(bench.muster("run", "hello")).isEqualTo(1);

    assertThat(bench.out())
        .contains("Results were not written: cannot write /r")
        .contains("muster results run_1", "--to DIR")
        .doesNotContain("Results: /r");
    bench.muster("runs", "list");
    assertThat(bench.err()).contains("run_1 results not written: cannot write /r");
  }

  @Test
  void waitingForPeopleIsNoWork() {
    var ended =
        run("COMPLETED", 3, 0, 0, 0).put("durationSeconds", 7203.5).put("waitedSeconds", 7200);
    ((ObjectNode) ended.path("waves").path(0)).put("waitedSeconds", 30);
    bench.nodeRuns().node.run("run_1", ended);

    bench.muster("run", "hello");

    assertThat(bench.out())
        .contains("COMPLETED after 3.5 s, besides 2 h of waiting for people")
        .containsPattern("Inventory .* 0\\.0 s");
  }
}
