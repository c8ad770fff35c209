package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.stub.CliBench;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletedRunsTest {
  @TempDir Path folder;
  private CliBench bench;

  /// The newest comes first, as from a node.
  @BeforeEach
  void open() {
    bench = new CliBench(folder).nodeRuns();
    bench.node.run("run_4", run("HELD", 1, 0, 1, 0));
    bench.node.run("run_3", run("COMPLETED", 3, 0, 0, 0));
    bench.node.run("run_2", longAgo(run("FAILED", 1, 2, 0, 0)));
    bench.node.run("run_1", longAgo(run("COMPLETED", 3, 0, 0, 0)));
  }

  private static ObjectNode longAgo(ObjectNode run) {
    return run.put("finishedAt", "2025-01-01T00:00:00.000Z");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void runsThatHaveEndedAreDeletedByName() {
    assertThat(bench.muster("runs", "delete", "run_1", "run_2", "--yes")).isZero();
    assertThat(bench.node.deleted).containsExactly("run_1", "run_2");
    assertThat(bench.out()).contains("run_1: deleted (COMPLETED of hello)");
  }

  @Test
  void aScriptSaysThatItMeansItAndIsToldWhatWouldBeLost() {
    assertThat(bench.muster("runs", "delete", "last")).isEqualTo(5);
    assertThat(bench.muster("runs", "delete", "run_1")).isEqualTo(2);
    assertThat(bench.err())
        .contains("Delete run_1 with journal, logs and workspaces?")
        .contains("There is no terminal to ask on")
        .contains("--yes");
    assertThat(bench.muster("runs", "prune", "--keep", "2")).isEqualTo(2);
    assertThat(bench.err()).contains("Delete 2 runs");
    assertThat(bench.muster("runs", "prune", "--keep", "9")).isZero();
    assertThat(bench.node.deleted).isEmpty();
  }

  @Test
  void oneThatGoesOnIsRefusedAndTheOthersStay() {
    assertThat(bench.muster("runs", "delete", "run_1", "run_4")).isEqualTo(5);
    assertThat(bench.node.deleted).isEmpty();
    assertThat(bench.err())
        .contains("expected runs that have ended, but run_4 is HELD")
        .contains("muster cancel run_4");
  }

  @Test
  void pruningKeepsTheNewestAndWhateverGoesOn() {
    assertThat(bench.muster("runs", "prune", "--keep", "2", "--yes")).isZero();
    assertThat(bench.node.deleted).containsExactly("run_2", "run_1");
    bench.node.deleted.clear();
    assertThat(bench.muster("runs", "prune", "--keep", "0", "--yes")).isZero();
    assertThat(bench.node.deleted).containsExactly("run_3", "run_2", "run_1");
  }

  @Test
  void whatIsToBeKeptIsDeletedByItsNameAlone() {
    bench.node.run("run_0", tagged("keep")).run("run_00", tagged("keep=for-the-auditors"));
    assertThat(bench.muster("runs", "prune", "--keep", "3", "--yes")).isZero();
    assertThat(bench.node.deleted).containsExactly("run_1");
    assertThat(bench.muster("runs", "delete", "run_00", "--yes")).isZero();
    assertThat(bench.node.deleted).containsExactly("run_1", "run_00");
  }

  private static ObjectNode tagged(String tag) {
    var run = longAgo(run("COMPLETED", 3, 0, 0, 0));
    run.withObject("/settings").putArray("tags").add(tag);
    return run;
  }

  @Test
  void pruningByAgeCountsFromTheEndAndBothConditionsMustHold() {
    assertThat(bench.muster("runs", "prune", "--older-than", "1d", "--yes")).isZero();
    assertThat(bench.node.deleted).containsExactly("run_2", "run_1");
    bench.node.deleted.clear();
    assertThat(bench.muster("runs", "prune", "--older-than", "1d", "--keep", "3", "--yes"))
        .isZero();
    assertThat(bench.node.deleted).containsExactly("run_1");
  }

  @Test
  void whatEachTakesUpIsShownToWhoeverWantsItWide() {
    assertThat(bench.muster("runs", "list", "-o", "wide")).isZero();
    assertThat(bench.out().lines().filter(line -> line.startsWith("run_")).toList())
        .hasSize(4)
        .allMatch(line -> line.contains("1.5 MiB"));
    assertThat(bench.muster("runs", "list")).isZero();
    assertThat(bench.out().lines().skip(5)).noneMatch(line -> line.contains("MiB"));
  }

  @Test
  void onlyTheNewestHundredAreAskedWhatTheyTakeUp() {
    for (var n = 0; n < 99; n++) bench.node.run("run_9" + n, run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("runs", "list", "-o", "wide")).isZero();
    assertThat(bench.out().lines().filter(line -> line.contains("1.5 MiB"))).hasSize(100);
    assertThat(bench.out().lines().filter(line -> line.contains("not asked"))).hasSize(3);
  }

  @Test
  void aDryRunOnlySaysWhich() {
    assertThat(bench.muster("runs", "prune", "--keep", "3", "--dry-run")).isZero();
    assertThat(bench.out()).contains("run_1: would be deleted");
    assertThat(bench.node.deleted).isEmpty();
  }

  @Test
  void pruningWithoutAConditionIsAMistake() {
    assertThat(bench.muster("runs", "prune")).isEqualTo(2);
    assertThat(bench.muster("runs", "prune", "--keep", "-1")).isEqualTo(2);
    assertThat(bench.node.deleted).isEmpty();
  }
}
