package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bundled workforce as its users run it: 225 workers, one process, the command line. Part of
/// the campaign.
@NeedsSandbox
class WholeAudit extends AuditScene {
  /// Names and lines that would be markup on a page that does not escape them.
  private static final String HOSTILE_NAME = "<img src=x onerror='1'>&\"b\".py";

  private static final String HOSTILE_LINE = "<script>alert(1)</script>";

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
    var plan = muster.ask("plan", AUDIT, "-o", "json");
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
}
