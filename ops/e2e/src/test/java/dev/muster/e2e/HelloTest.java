package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class HelloTest {
  private static final String HELLO = Muster.repository().resolve("instructions/hello").toString();

  @TempDir Path folder;

  @NeedsSandbox
  @Test
  void theFiveMinuteTourEndsWithProvenResults() throws Exception {
    var muster = new Muster(folder);
    var target = muster.target().toString();
    var ended = muster.run("run", HELLO, "--no-input", "--approve", "all", "--target", target);

    assertThat(ended.exit()).as(ended.toString()).isZero();
    var summary = Journal.summary(muster);
    assertThat(summary.path("state").asText()).isEqualTo("COMPLETED");
    assertThat(summary.at("/workers/completed").asInt()).isEqualTo(3);
    assertThat(summary.at("/retrospectives/stored").asInt()).isEqualTo(3);
    assertThat(summary.at("/approvals/autoApproved").asInt()).isEqualTo(1);
    assertThat(muster.target().resolve("hello-report")).isNotEmptyDirectory();
    var shown = muster.ask("workers", "show", "WORKER_001");
    assertThat(shown.out())
        .containsPattern("  receipt  signed by .+ \\(key [0-9a-f]{16}…\\), holds");
  }

  @NeedsSandbox
  @Test
  void withoutApprovalsTheGatedWorkerIsHeldAndFinishesOnceDecided() {
    var muster = new Muster(folder);
    var target = muster.target().toString();
    var held = muster.ask("run", HELLO, "--no-input", "--approve", "none", "--target", target);
    assertThat(held.exit()).as(held.toString()).isEqualTo(6);
    assertThat(Journal.summary(muster).path("state").asText()).isEqualTo("HELD");
    assertThat(muster.target().resolve("hello-report")).doesNotExist();

    var list = muster.ask("approvals", "list", "-o", "json");
    assertThat(Journal.parse(list.out()).path("items")).hasSize(1);
    var approved = muster.ask("approve", "--all", "--yes");
    assertThat(approved.exit()).as(approved.toString()).isZero();
    var resumed = muster.ask("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isZero();
    assertThat(Journal.summary(muster).path("state").asText()).isEqualTo("COMPLETED");
    assertThat(Journal.of(muster, "last").completed()).hasSize(3).doesNotHaveDuplicates();
    assertThat(muster.target().resolve("hello-report")).isNotEmptyDirectory();
  }

  @NeedsSandbox
  @Test
  void aRejectionFailsTheWorkerAndItsReasonReachesTheJournal() {
    var muster = new Muster(folder);
    var target = muster.target().toString();
    muster.ask("run", HELLO, "--no-input", "--approve", "none", "--target", target);
    var list = Journal.parse(muster.ask("approvals", "list", "-o", "json").out());
    var id = list.at("/items/0/id").asText();
    var rejected = muster.ask("reject", id, "--reason", "not on a Friday");
    assertThat(rejected.exit()).as(rejected.toString()).isZero();
    var resumed = muster.ask("resume", "--no-input");
    assertThat(resumed.exit()).as(resumed.toString()).isEqualTo(6);
    var failed = Journal.of(muster, "last").ofType("Failed");
    assertThat(failed).hasSize(1);
    assertThat(failed.getFirst().path("reason").asText()).contains("REJECTED", "not on a Friday");
    assertThat(muster.target().resolve("hello-report")).doesNotExist();
  }

  @Test
  void aRehearsalExecutesNothingAndSaysSoEverywhere() {
    var muster = new Muster(folder);
    var target = muster.target().toString();
    var ended = muster.ask("run", HELLO, "--no-input", "--rehearse", "--target", target);
    assertThat(ended.exit()).as(ended.toString()).isZero();
    var summary = Journal.summary(muster);
    assertThat(summary.path("state").asText()).isEqualTo("REHEARSED");
    assertThat(summary.at("/workers/rehearsed").asInt()).isEqualTo(3);
    assertThat(summary.at("/workers/completed").asInt()).isZero();
    assertThat(Journal.of(muster, "last").ofType("StepFinished")).isEmpty();
    assertThat(muster.target()).isEmptyDirectory();
  }
}
