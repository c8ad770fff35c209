package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bundled workforce held at its gates. Part of the campaign: `HelloTest` shows the same of a
/// small one in every build.
@NeedsSandbox
class HeldAudit extends AuditScene {
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
    var approved = muster.ask("approve", "--all", "--yes");
    assertThat(approved.exit()).as(approved.toString()).isZero();
  }

  /// Kind by worker of what waits for a decision.
  private Map<String, String> approvals() {
    var list = muster.ask("approvals", "list", "-o", "json");
    assertThat(list.exit()).as(list.toString()).isZero();
    var kinds = new HashMap<String, String>();
    for (var item : Journal.parse(list.out()).path("items")) {
      kinds.put(item.path("worker").asText(), item.path("kind").asText());
    }
    return kinds;
  }
}
