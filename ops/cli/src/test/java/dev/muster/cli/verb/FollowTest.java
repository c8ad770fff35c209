package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.StubNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs chosen, followed and advised about.
class FollowTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void adviceNamesTheDataFolderAndTheServerItIsAbout() throws Exception {
    var folder = Files.createDirectories(bench.folder.resolve("my data"));
    Files.writeString(folder.resolve("operator.token"), StubNode.TOKEN);
    var failed = run("FAILED", 1, 2, 0, 0);
    bench
        .node
        .run("run_1", failed)
        .workers(
            "run_1", worker("WORKER_001", "FAILED", "why"), worker("WORKER_002", "FAILED", "why"));
    var server = bench.node.url().toString();
    assertThat(bench.muster("runs", "show", "run_1", "--data", "my data", "--server", server))
        .isZero();
    var same = " --data 'my data' --server " + server;
    assertThat(bench.out())
        .contains("muster workers log run_1/WORKER_001" + same)
        .contains("muster workers log run_1/WORKER_002" + same)
        .contains("muster retry run_1 --worker WORKER_001 WORKER_002" + same)
        .doesNotContain("`");
    assertThat(bench.muster("runs", "show", "run_9", "--data", "my data", "--server", server))
        .isEqualTo(3);
    assertThat(bench.err()).contains("see: muster runs list" + same);
    assertThat(bench.muster("run", "gone folder", "--data", "my data")).isEqualTo(3);
    assertThat(bench.err()).contains("muster init 'gone folder'\n");
  }

  @Test
  void runsAreChosenByStateAndTime() {
    bench.nodeRuns().node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    assertThat(
            bench.muster(
                "runs", "list", "--state", "failed,held", "--since", "2h", "--until", "2026-01-31"))
        .isZero();
    assertThat(bench.node.filters().getLast())
        .isEqualTo(
            "state:failed,held startedAt>=2025-12-31T22:00:10Z startedAt<2026-02-01T00:00:00Z");
    bench.muster("runs", "list", "--since", "2026-01-01 10:30", "--filter", "hello");
    assertThat(bench.node.filters().getLast()).isEqualTo("startedAt>=2026-01-01T10:30:00Z hello");
    for (var bad : new String[] {"yesterday", "2026-13-01", "5x", "99999999999h", ""}) {
      assertThat(bench.muster("runs", "list", "--since", bad)).as(bad).isEqualTo(2);
      assertThat(bench.err()).contains("--since: expected 2h, 2026-01-31");
    }
  }

  @Test
  void approvalsAreChosenByWhateverTheApiKnows() {
    bench.nodeRuns().node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("approvals", "list", "--filter", "kind:file_delete wave>=2")).isZero();
    assertThat(bench.node.filters().getLast()).isEqualTo("state:PENDING kind:file_delete wave>=2");
    bench.muster("approvals", "list", "--state", "all", "--filter", "risk:ADMIN");
    assertThat(bench.node.filters().getLast()).isEqualTo("risk:ADMIN");
    bench.muster("approvals", "list", "--filter", "state:REJECTED");
    assertThat(bench.node.filters().getLast()).isEqualTo("state:REJECTED");
  }

  @Test
  void theJournalIsFollowedToTheEndOfTheRunOverAnOutage() throws Exception {
    var path = "/api/v1/runs/run_1/events";
    var one = "{\"seq\":1,\"type\":\"RunCreated\"}\n";
    var two = "{\"seq\":2,\"type\":\"WaveReleased\"}\n";
    var three = "{\"seq\":5,\"type\":\"RunFinished\"}\n";
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 1)).text(path, one);
    try (var reading = new StubNode();
        var next = new StubNode()) {
      bench.second = reading;
      reading.run("run_1", run("RUNNING", 1, 0, 0, 1)).text(path, one + two + "{\"seq\":3,\"ty");
      next.run("run_1", run("COMPLETED", 3, 0, 0, 0)).text(path, one + two + three);
      var looks = new int[1];
      bench.onSleep =
          () -> {
            switch (++looks[0]) {
              case 1 -> bench.nodeGoes();
              case 4 -> bench.nodeIs(next);
              default -> {}
            }
          };
      assertThat(bench.muster("runs", "events", "-f", "run_1", "-o", "jsonl")).isZero();
    }
    assertThat(bench.out()).isEqualTo(one + two + three);
    assertThat(bench.err()).contains("waiting for one that carries run_1 on");
  }

  @Test
  void followingAJournalThatNobodyContinuesIsRefused() throws Exception {
    Files.createDirectory(bench.data());
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    bench.node.text("/api/v1/runs/run_1/events", "{\"seq\":1,\"type\":\"RunCreated\"}\n");
    assertThat(bench.muster("runs", "events", "-f", "run_1")).isEqualTo(8);
    assertThat(bench.out()).contains("RunCreated");
    assertThat(bench.err()).contains("muster resume run_1");
  }
}
