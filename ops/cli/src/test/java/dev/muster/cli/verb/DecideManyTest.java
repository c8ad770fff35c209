package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many at once, what is let pass, and the address of a console.
class DecideManyTest {
  private static final String SELECTION = "/api/v1/approvals/selection";

  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
    bench.node.approval(approval("apr_1")).run("run_1", Samples.run("RUNNING", 0, 0, 1, 0));
    bench.node.text(
        SELECTION,
        "{\"count\":3,\"alone\":1,\"more\":false,\"digest\":\"d\",\"ids\":[\"apr_1\"],"
            + "\"kinds\":[{\"kind\":\"file_write\",\"count\":3}]}");
    bench.node.text(
        SELECTION + "/approve",
        "{\"decided\":2,\"voted\":4,\"alone\":1,\"more\":false,\"alreadyTotal\":3,"
            + "\"already\":[{\"state\":\"APPROVED\",\"by\":\"alice\",\"count\":2},"
            + "{\"state\":\"EXPIRED\",\"by\":null,\"count\":1}],\"refusedTotal\":1,"
            + "\"refused\":[{\"id\":\"apr_9\",\"detail\":\"it has expired\"}]}");
    bench.nodeRuns();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aDryRunOnlyCounts() {
    assertThat(bench.muster("approve", "--all", "--dry-run")).isZero();
    assertThat(bench.out()).contains("3 operations: 3 file_write; 1 may have run or have changed");
    assertThat(bench.out()).doesNotContain("approved");
  }

  @Test
  void aKindIsCountedAskedAboutOnceAndDecidedAtOnce() {
    bench.types("\n");
    assertThat(bench.muster("approve", "--all", "--kind", "file_write")).isZero();
    assertThat(bench.err()).contains("3 operations: 3 file_write", "Nothing was done.");

    assertThat(bench.muster("approve", "--all", "--kind", "file_write", "--yes"))
        .as("one was refused")
        .isEqualTo(5);
    assertThat(bench.out()).contains("2 operations approved");
    assertThat(bench.err())
        .contains("apr_9: it has expired")
        .contains("4 more have your voice and wait for somebody else's")
        .contains("2 meanwhile approved by alice", "1 meanwhile expired");
    assertThat(bench.muster("approve", "apr_1", "--kind", "file_write")).isEqualTo(2);
    assertThat(bench.muster("approve", "--all", "--filter", "wave:2 node:a", "--dry-run")).isZero();
  }

  @Test
  void whatSomebodyElseRejectedIsNoSuccess() {
    var outcome =
        "{\"decided\":0,\"alone\":0,\"more\":false,\"alreadyTotal\":3,\"already\":"
            + "[{\"state\":\"%s\",\"by\":\"bob\",\"count\":3}],\"refusedTotal\":0,\"refused\":[]}";
    bench.node.text(SELECTION + "/approve", outcome.formatted("REJECTED"));
    assertThat(bench.muster("approve", "--all", "--filter", "wave:2", "--yes")).isEqualTo(5);
    assertThat(bench.err()).contains("3 meanwhile rejected by bob");
    for (var state : new String[] {"APPROVED", "AUTO_APPROVED"}) {
      bench.node.text(SELECTION + "/approve", outcome.formatted(state));
      assertThat(bench.muster("approve", "--all", "--filter", "wave:2", "--yes")).isZero();
    }
  }

  @Test
  void anEmptyFilterIsNotEverything() {
    for (var filter : new String[] {"", " "}) {
      assertThat(bench.muster("approve", "--all", "--filter", filter, "--yes")).isEqualTo(2);
    }
    assertThat(bench.err()).contains("--filter is empty");
  }

  @Test
  void aKindPassesForAReasonOnly() {
    assertThat(bench.muster("approvals", "bypass", "run_1", "--kind", "file_write")).isEqualTo(2);
    assertThat(bench.err()).contains("--reason");
    bench.node.text(
        "/api/v1/runs/run_1/bypasses",
        "{\"run\":\"run_1\",\"items\":[{\"kind\":\"file_write\",\"by\":\"alice\",\"reason\":\"night\","
            + "\"until\":\"2026-01-01T10:00:00.000Z\",\"at\":\"2026-01-01T09:00:00.000Z\"}]}");
    assertThat(
            bench.muster(
                "approvals", "bypass", "run_1", "--kind", "file_write", "--reason", "night"))
        .isZero();
    assertThat(bench.out()).contains("file_write").contains("alice").contains("night");
  }

  @Test
  void theConsoleHasAnAddressThatIsGoodOnce() {
    bench.node.text("/api/v1/session/codes", "{\"code\":\"c0de\",\"path\":\"/login#code=c0de\"}");
    assertThat(bench.muster("console")).isZero();
    assertThat(bench.out().strip()).isEqualTo(bench.node.url() + "/login#code=c0de");
  }
}
