package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.follow.RunFollower;
import dev.muster.cli.session.Jvm;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.StubNode;
import dev.muster.host.NodeStartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
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
  void aRunThatCompletesIsFollowedToItsEnd() {
    bench.node.run("run_1", run("RUNNING", 0, 0, 0, 2), run("COMPLETED", 3, 0, 0, 0));

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.out())
        .contains("run_1 of hello: COMPLETED after 3.5 s", "3 workers: 3 completed")
        .contains("wave 1 for 4.0 s: wave 1 held: node-b memory 87.2% > 85%")
        .contains("Results: /r/run_1");
    assertThat(bench.hosted).hasSize(1);
    assertThat(bench.hosted.getFirst().control()).isFalse();
    assertThat(bench.hosted.getFirst().resume()).isFalse();
    assertThat(bench.stopped).isEqualTo(1);
    assertThat(bench.data().resolve("node.json")).doesNotExist();
  }

  @Test
  void whoHostsTheNodeLeavesOnlyOnceNothingOfOthersRunsThere() {
    bench.busy = true;
    bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0));

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.err()).contains("Still hosting").contains("Ctrl-C hands over at once");
    assertThat(bench.settled).containsExactly(Duration.ZERO, RunFollower.HAND_OVER_MAX);
    assertThat(bench.stopped).isEqualTo(1);
  }

  @Test
  void whoeverHostsTheNodeHandsItOverToOneThatStays() throws Exception {
    bench.node.run("run_1", run("RUNNING", 0, 0, 0, 2), run("COMPLETED", 3, 0, 0, 0));
    var takeover = bench.data().resolve("takeover");
    bench.onSleep =
        () -> {
          if (bench.hosted.size() > 1 || bench.stopped > 0) return;
          CliBench.write(takeover, Long.toString(ProcessHandle.current().pid()));
        };

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.err()).contains("Handing the node over");
    assertThat(bench.settled).contains(RunFollower.HAND_OVER_MAX);
    assertThat(bench.hosted).as("nobody came, so it is hosted here again").hasSize(2);
    assertThat(takeover).doesNotExist();
  }

  @Test
  void aPortThatIsTakenIsAnErrorOnlyWhereItWasChosen() {
    bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    bench.startFailure =
        new NodeStartException(NodeStartException.Kind.PORT_IN_USE, "port 7400 is taken", null);

    assertThat(bench.muster("run", "hello")).isZero();
    assertThat(bench.hosted.getLast().port()).isZero();
    assertThat(bench.muster("run", "hello", "--port", "7400")).isEqualTo(5);
    assertThat(bench.err()).contains("port 7400 is taken").contains("--port 0");
    assertThat(bench.muster("up")).isEqualTo(5);
    assertThat(bench.err()).contains("--port 0");
  }

  @Test
  void aDetachedRunIsLeftToTheNodeThatIsThere() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 0, 0, 0, 2));

    assertThat(bench.muster("run", "hello", "--detach")).isZero();

    assertThat(bench.out()).isEqualTo("run_1\n");
    assertThat(bench.err()).contains("run_1 goes on at " + bench.node.url(), "muster resume run_1");
    assertThat(bench.hosted).isEmpty();
  }

  @Test
  void aNodeThatDoesNotComeUpInTheBackgroundIsSaid() {
    bench.jvm = new Jvm(Path.of("/bin/false"), List.of(), List.of(), "", "x");

    assertThat(bench.muster("run", "hello", "--detach")).isEqualTo(1);
    assertThat(bench.err()).contains("ended before it was ready").contains("console.log");
  }

  @Test
  void whatIsAskedForReachesTheNodeWithAbsolutePaths() {
    bench.nodeRuns().workforce("site").node.run("run_1", run("COMPLETED", 3, 0, 0, 0));

    bench.muster(
        "run",
        "hello",
        "--target",
        "site",
        "--approve",
        "low",
        "--results",
        "r2",
        "--rehearse",
        "--strict",
        "--only",
        "WORKER_001",
        "--waves",
        "pilot");

    var body = bench.node.bodies.getFirst();
    assertThat(body.path("folder").asText()).isEqualTo(folder.resolve("hello").toString());
    assertThat(body.path("target").asText()).isEqualTo(folder.resolve("site").toString());
    assertThat(body.path("results").asText()).isEqualTo(folder.resolve("r2").toString());
    assertThat(body.path("approve").asText()).isEqualTo("low");
    assertThat(body.path("waves").asText()).isEqualTo("pilot");
    assertThat(body.path("only").asText()).isEqualTo("WORKER_001");
    assertThat(body.path("rehearse").asBoolean()).isTrue();
    assertThat(body.path("strict").asBoolean()).isTrue();
    assertThat(bench.hosted).isEmpty();
  }

  @Test
  void anEndIsBelievedOnceItsCountsHaveCaughtUp() {
    var early = run("COMPLETED", 2, 0, 0, 0);
    early.putNull("finishedAt");
    bench.nodeRuns().node.run("run_1", early, run("COMPLETED", 3, 0, 0, 0));

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.out()).contains("3 workers: 3 completed");
  }

  @Test
  void aFailureIsExplainedWithTheNextCommand() {
    bench
        .nodeRuns()
        .node
        .run("run_1", run("FAILED", 2, 1, 0, 0))
        .workers("run_1", worker("WORKER_002", "FAILED", "the test exited with 1"));

    assertThat(bench.muster("run", "hello")).isEqualTo(1);

    assertThat(bench.out())
        .contains("the test exited with 1")
        .contains("muster workers log run_1/WORKER_002")
        .contains("muster retry run_1 --worker WORKER_002");
  }

  @Test
  void elsewhereALineSaysHowFarItIsWhenThatHasChangedAtMostEveryTenSeconds() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    var looks = new int[1];
    bench.onSleep =
        () -> {
          switch (++looks[0]) {
            case 50 -> bench.node.run("run_1", run("RUNNING", 2, 0, 0, 1));
            case 51 -> bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
            case 52 -> bench.node.run("run_1", run("RUNNING", 2, 0, 0, 1));
            case 150 -> bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
            default -> {}
          }
        };

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.err().lines().filter(line -> line.contains(" done, ")))
        .containsExactly("1/3 done, 2 running", "2/3 done, 1 running");
  }

  @Test
  void aRunIsLookedAtLessOftenWhileMuchOfItIsLeft() {
    bench.nodeRuns().node.run("run_1", ofHundred(0));
    var looked = new ArrayList<>(List.of(bench.now()));
    bench.onSleep =
        () -> {
          looked.add(bench.now());
          switch (looked.size()) {
            case 2 -> bench.node.run("run_1", ofHundred(40));
            case 3 -> bench.node.run("run_1", ofHundred(80));
            default -> bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
          }
        };

    assertThat(bench.muster("run", "hello")).isZero();

    var began = looked.getFirst();
    assertThat(looked.stream().map(at -> Duration.between(began, at).toMillis()))
        .containsExactly(0L, 1_000L, 2_000L, 2_300L);
  }

  private static ObjectNode ofHundred(int completed) {
    var run = run("RUNNING", completed, 0, 0, 100 - completed);
    run.withObject("/workers").put("total", 100).put("waiting", 0);
    return run;
  }

  @Test
  void theTimeoutIsSevenAndSaysHowToGoOn() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 2));

    assertThat(bench.muster("run", "hello", "--timeout", "5s")).isEqualTo(7);

    assertThat(bench.err()).contains("run_1 is still RUNNING (1/3 done)").contains("muster status");
  }

  @Test
  void ctrlCDetachesFromARunThatAnotherProcessHosts() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    bench.onSleep = bench::interrupt;

    assertThat(bench.muster("run", "hello")).isEqualTo(130);

    assertThat(bench.err()).contains("Detached. run_1 goes on at " + bench.node.url());
    assertThat(bench.stopped).isZero();
  }

  @Test
  void ctrlCStopsTheNodeHereAndSaysHowToContinue() {
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    bench.onSleep = bench::interrupt;

    assertThat(bench.muster("run", "hello")).isEqualTo(130);

    assertThat(bench.err()).contains("run_1 continues with: muster resume");
    assertThat(bench.stopped).isEqualTo(1);
  }

  @Test
  void whenTheNodeOfAnotherCommandEndsThisOneTakesOver() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    var other = new StubNode().run("run_1", run("COMPLETED", 3, 0, 0, 0));
    bench.onSleep =
        () -> {
          if (bench.second == null) {
            bench.second = other;
            bench.nodeGoes();
          }
        };

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.hosted).hasSize(1);
    assertThat(bench.hosted.getFirst().resume()).isTrue();
    assertThat(bench.err()).contains("The node has gone; carrying on without it.");
    other.close();
  }

  @Test
  void aFolderThatIsNotThereIsThree() {
    assertThat(bench.muster("run", "nothing")).isEqualTo(3);
    assertThat(bench.err()).contains(folder.resolve("nothing").toString());
    assertThat(bench.data()).doesNotExist();
  }

  @Test
  void aNodeThatCannotStartSaysWhy() {
    bench.startFailure =
        new NodeStartException(
            NodeStartException.Kind.SANDBOX_MISSING, "sandbox = require, found no bwrap", null);

    assertThat(bench.muster("run", "hello")).isEqualTo(4);

    assertThat(bench.err()).contains("found no bwrap").contains("install bubblewrap");
  }

  @Test
  void jsonIsWhatTheNodeSaid() {
    bench.nodeRuns().node.run("run_1", run("COMPLETED", 3, 0, 0, 0).put("unknown", "kept"));

    assertThat(bench.muster("run", "hello", "-o", "json")).isZero();

    assertThat(bench.out()).startsWith("{").contains("\"unknown\" : \"kept\"");
  }
}
