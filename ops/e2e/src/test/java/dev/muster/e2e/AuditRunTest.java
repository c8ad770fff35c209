package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bundled workforce as its users run it: 225 workers, one process, the command line.
@NeedsSandbox
class AuditRunTest {
  private static final String AUDIT = Muster.repository().resolve("instructions/audit").toString();
  private static final List<Integer> WAVES = List.of(30, 80, 20, 80, 15);
  private static final int OLD_BASELINES = 7;
  private static final int BASELINES_KEPT = 5;

  /// Names and lines that would be markup on a page that does not escape them.
  private static final String HOSTILE_NAME = "<img src=x onerror='1'>&\"b\".py";

  private static final String HOSTILE_LINE = "<script>alert(1)</script>";

  @TempDir Path folder;
  private Muster muster;
  private Path baselines;

  @BeforeEach
  void target() throws IOException {
    muster = new Muster(folder);
    Files.createDirectories(muster.target());
    baselines = Files.createDirectories(muster.target().resolve("audit-report/baselines"));
    for (var day = 1; day <= OLD_BASELINES; day++) {
      Files.createFile(baselines.resolve("2026010%dT000000Z-run_earlier.tsv".formatted(day)));
    }
  }

  private void plant(int count) throws IOException {
    for (var plant : Plant.all().subList(0, count)) plant.into(muster.target());
  }

  @Test
  void everyWorkerCompletesInFiveWavesAndTheReportsAreWhatTheyClaim() throws Exception {
    plant(80);
    var fault = Files.readString(muster.target().resolve("sql-fstring-python/src/orders.py"));
    Files.writeString(
        muster.target().resolve("sql-fstring-python/src").resolve(HOSTILE_NAME),
        fault.strip() + "  # " + HOSTILE_LINE + "\n");

    var ended = audit("all");
    assertThat(ended.exit()).as(ended.toString()).isZero();

    var summary = Journal.summary(muster);
    assertThat(summary.path("state").asText()).isEqualTo("COMPLETED");
    assertAllCompleted(summary);
    assertThat(summary.at("/approvals/autoApproved").asInt()).isEqualTo(2);
    var run = summary.path("run").asText();
    assertWavesInOrder(Journal.of(muster, run));
    var results = muster.results().resolve(run);
    assertThat(proven(run)).hasSize(225).doesNotHaveDuplicates();
    assertThat(baselines).isDirectoryNotContaining("glob:**20260102T000000Z-run_earlier.tsv");
    assertThat(filed()).hasSize(BASELINES_KEPT + 1);

    var delivered = new AuditReports(results.resolve("deliverables/delivery"), 81);
    delivered.json();
    delivered.sarif();
    delivered.html(HOSTILE_LINE, HOSTILE_NAME, "<img");
    delivered.junit();
    new AuditReports(muster.target().resolve("audit-report"), 81).sarif();
  }

  @Test
  void withoutApprovalsOnlyTheGatedWorkersWaitAndTwoVisitsOfTheOperatorFinishTheRun()
      throws Exception {
    plant(5);
    var held = audit("none");
    assertThat(held.exit()).as(held.toString()).isEqualTo(6);
    var summary = Journal.summary(muster);
    assertThat(summary.path("state").asText()).isEqualTo("HELD");
    assertThat(summary.at("/workers/total").asInt()).isEqualTo(225);
    assertThat(summary.at("/workers/completed").asInt()).isEqualTo(222);
    assertThat(summary.at("/workers/held").asInt()).isEqualTo(1);
    assertThat(summary.at("/workers/waiting").asInt()).isEqualTo(2);
    var run = summary.path("run").asText();
    assertThat(proven(run)).hasSize(222).doesNotContain("WORKER_223", "WORKER_224", "WORKER_225");
    assertThat(filed()).hasSize(OLD_BASELINES);
    assertThat(muster.target().resolve("audit-report")).isDirectoryNotContaining("glob:**.md");

    approve("WORKER_223", "production_deploy");
    assertThat(filed()).as("no node runs, so nothing happens yet").hasSize(OLD_BASELINES);
    var published = muster.run("resume", "--no-input");
    assertThat(published.exit()).as(published.toString()).isEqualTo(6);
    assertThat(filed()).as("nothing is deleted yet").hasSize(OLD_BASELINES + 1);

    approve("WORKER_224", "file_delete");
    var resumed = muster.run("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isZero();
    var after = Journal.summary(muster);
    assertThat(after.path("state").asText()).isEqualTo("COMPLETED");
    assertAllCompleted(after);
    assertThat(after.at("/approvals/approved").asInt()).isEqualTo(2);
    assertThat(Journal.of(muster, run).completed()).hasSize(225).doesNotHaveDuplicates();
    assertThat(filed()).hasSize(BASELINES_KEPT + 1);
    assertThat(muster.target().resolve("audit-report/report.html")).isNotEmptyFile();
  }

  /// The one that waits, and no other.
  private void approve(String worker, String kind) {
    assertThat(approvals()).isEqualTo(Map.of(worker, kind));
    var approved = muster.run("approve", "--all", "--yes");
    assertThat(approved.exit()).as(approved.toString()).isZero();
  }

  private Muster.Ended audit(String approve) {
    var target = muster.target().toString();
    return muster.run("run", AUDIT, "--no-input", "--approve", approve, "--target", target);
  }

  /// Kind by worker of what waits for a decision.
  private Map<String, String> approvals() {
    var list = muster.run("approvals", "list", "-o", "json");
    assertThat(list.exit()).as(list.toString()).isZero();
    var kinds = new HashMap<String, String>();
    for (var item : Journal.parse(list.out()).path("items")) {
      kinds.put(item.path("worker").asText(), item.path("kind").asText());
    }
    return kinds;
  }

  private List<Path> filed() throws IOException {
    try (var files = Files.list(baselines)) {
      return files.filter(file -> file.toString().endsWith(".tsv")).toList();
    }
  }

  private static void assertAllCompleted(JsonNode summary) {
    assertThat(summary.at("/workers/total").asInt()).isEqualTo(225);
    assertThat(summary.at("/workers/completed").asInt()).isEqualTo(225);
    assertThat(summary.at("/retrospectives/stored").asInt()).isEqualTo(225);
    assertThat(summary.at("/successRate").asDouble()).isEqualTo(1.0);
    assertThat(summary.at("/testPassRate").asDouble()).isEqualTo(1.0);
    assertThat(summary.path("waves"))
        .extracting(wave -> wave.path("completed").asInt())
        .containsExactlyElementsOf(WAVES);
  }

  /// By the journal's own order, not by clocks.
  private void assertWavesInOrder(Journal journal) {
    assertThat(journal.completed()).hasSize(225).doesNotHaveDuplicates();
    var settled = new HashMap<Integer, Long>();
    for (var line : journal.ofType("WaveSettled")) {
      settled.put(line.path("wave").asInt(), line.path("seq").asLong());
    }
    assertThat(settled).containsOnlyKeys(1, 2, 3, 4, 5);
    var waves = waves();
    for (var line : journal.ofType("WorkersReleased")) {
      for (var worker : line.path("workers")) {
        var wave = waves.getOrDefault(worker.asText(), 0);
        assertThat(wave).as(worker.asText()).isPositive();
        assertThat(line.path("seq").asLong())
            .as("%s of wave %d", worker.asText(), wave)
            .isGreaterThan(settled.getOrDefault(wave - 1, 0L));
      }
    }
    assertThat(journal.ofType("RunFinished")).hasSize(1);
  }

  private Map<String, Integer> waves() {
    var plan = muster.run("plan", AUDIT, "-o", "json");
    assertThat(plan.exit()).as(plan.toString()).isZero();
    var waves = new HashMap<String, Integer>();
    for (var wave : Journal.parse(plan.out()).path("waves")) {
      for (var worker : wave.path("workers")) {
        waves.put(worker.asText(), wave.path("wave").asInt());
      }
    }
    assertThat(waves).hasSize(225);
    return waves;
  }

  /// The workers whose results file says that they completed; each then has what its own
  /// instruction asked for, and the runtime's receipt.
  private List<String> proven(String run) throws IOException {
    try (var files = Files.list(muster.results().resolve(run).resolve("workers"))) {
      var results =
          files
              .map(AuditRunTest::read)
              .map(Journal::parse)
              .filter(result -> result.at("/muster/state").asText().equals("COMPLETED"))
              .toList();
      assertThat(results)
          .allSatisfy(result -> {
            assertThat(result.path("status").asText()).isEqualTo("pass");
            assertThat(result.path("deliverables_created")).isNotEmpty();
            assertThat(result.path("test_results"))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(test.asText()).isEqualTo("pass"));
            assertThat(result.at("/muster/weak").asBoolean(true)).isFalse();
            assertThat(result.at("/muster/receipt/passed").asBoolean()).isTrue();
          });
      return results.stream().map(result -> result.at("/muster/worker").asText()).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
