package dev.muster.cli.session;

import static dev.muster.cli.stub.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.StubNode;
import dev.muster.host.NodeFile;
import dev.muster.host.settings.Settings.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a command does when the node it talks to goes.
class RideOutTest {
  @TempDir Path folder;
  private CliBench bench;
  private @Nullable StubNode other;

  @BeforeEach
  void open() {
    bench = new CliBench(folder).workforce("hello");
  }

  @AfterEach
  void close() {
    bench.close();
    if (other != null) other.close();
  }

  /// Two orchestrators; the first is the stub of the bench, and has written its file.
  private void cluster() {
    bench.nodeRuns();
    try {
      new ClusterFile(
              folder.toString(),
              null,
              Map.of(),
              List.of(
                  new Member("orchestrator-1", Role.ORCHESTRATOR, 1, 1),
                  new Member("orchestrator-2", Role.ORCHESTRATOR, 2, 2),
                  new Member("worker-1", Role.WORKER, 3, 3)))
          .write(bench.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StubNode second() {
    var node = new StubNode();
    other = node;
    try {
      var data = Files.createDirectories(bench.data().resolve("nodes/orchestrator-2"));
      new NodeFile(
              node.url().toString(), ProcessHandle.current().pid(), "orchestrator-2", Instant.now())
          .write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return node;
  }

  private void after(int sleeps, Runnable action) {
    var count = new AtomicInteger();
    bench.onSleep =
        () -> {
          if (count.incrementAndGet() == sleeps) action.run();
        };
  }

  @Test
  void theOtherOrchestratorTakesOverAndTheRunIsFollowedOn() {
    cluster();
    var next = second().run("run_1", run("RUNNING", 2, 0, 0, 1), run("COMPLETED", 3, 0, 0, 0));
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    after(2, bench::nodeGoes);

    assertThat(bench.muster("run", "hello", "--no-input")).isZero();

    assertThat(bench.hosted).isEmpty();
    assertThat(next.posts).isEmpty();
    assertThat(bench.out()).contains("COMPLETED");
  }

  /// Also one that is alone: it works, and is no other node's business.
  @Test
  void aNodeThatIsBehindWithReadingIsWaitedFor() {
    bench.nodeRuns();
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2), run("COMPLETED", 3, 0, 0, 0)).behind(3);

    assertThat(bench.muster("run", "hello", "--no-input")).isZero();
    assertThat(bench.out()).contains("COMPLETED");
  }

  @Test
  void aLossThatLastsIsSaidOnceAndItsEndToo() {
    cluster();
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    var count = new AtomicInteger();
    bench.onSleep =
        () -> {
          var sleeps = count.incrementAndGet();
          if (sleeps == 1) bench.nodeGoes();
          if (sleeps == 12) second().run("run_1", run("COMPLETED", 3, 0, 0, 0));
        };

    assertThat(bench.muster("run", "hello", "--no-input")).isZero();

    assertThat(bench.err()).containsOnlyOnce("Waiting for a node that can go on");
    assertThat(bench.err()).containsOnlyOnce("Going on with the node at");
  }

  @Test
  void whatIsLostOnItsWayIsSentAgainUnderTheSameKey() {
    cluster();
    bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0)).loseAnswers(1);
    assertThat(bench.muster("run", "hello", "--no-input")).isZero();
    assertThat(bench.node.posts).containsExactly("/runs", "/runs");
    assertThat(bench.node.keys).hasSize(2);
    assertThat(bench.node.keys.getFirst()).isEqualTo(bench.node.keys.getLast());
  }

  @Test
  void whatANodeCannotDoForTheMomentIsAskedAgain() {
    cluster();
    bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0)).busy(3);
    assertThat(bench.muster("run", "hello", "--no-input")).isZero();
    assertThat(bench.node.posts).hasSize(4);
  }

  @Test
  void afterTenMinutesItGivesUpWithEight() {
    cluster();
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    after(1, bench::nodeGoes);
    assertThat(bench.muster("run", "hello", "--no-input")).isEqualTo(8);
    assertThat(bench.hosted).isEmpty();
  }

  @Test
  void theTimeOfTheOperatorCountsWhileANodeIsLostToo() {
    cluster();
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    after(1, bench::nodeGoes);
    assertThat(bench.muster("wait", "run_1", "--timeout", "30s")).isEqualTo(7);
    assertThat(bench.err()).contains("--timeout");
  }

  @Test
  void aServerThatIsNamedIsWaitedForOnceItHasAnswered() {
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    after(1, bench.node::close);
    var server = bench.node.url().toString();
    assertThat(bench.muster("wait", "run_1", "--server", server, "--timeout", "20s")).isEqualTo(7);
    assertThat(bench.err())
        .contains("Waiting for a node that can go on")
        .contains("the node at " + server);
    assertThat(bench.muster("wait", "run_1", "--server", server)).isEqualTo(8);
  }

  @Test
  void ctrlCEndsTheWaitForANode() {
    cluster();
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 2));
    var count = new AtomicInteger();
    bench.onSleep =
        () -> {
          if (count.incrementAndGet() == 1) bench.nodeGoes();
          if (count.get() == 5) bench.interrupt();
        };
    assertThat(bench.muster("run", "hello")).isEqualTo(130);
    assertThat(count.get()).isLessThan(8);
  }

  @Test
  void withoutAnyOrchestratorNothingIsStartedInTheFolderOfACluster() {
    cluster();
    bench.nodeGoes();
    for (var verb :
        List.of(List.of("run", "hello"), List.of("status"), List.of("resume"), List.of("up"))) {
      assertThat(bench.muster(verb.toArray(new String[0]))).as(verb.toString()).isEqualTo(8);
      assertThat(bench.err())
          .contains("belongs to a cluster")
          .contains("muster cluster restart orchestrator-1");
    }
    assertThat(bench.hosted).isEmpty();
  }

  @Test
  void aTornClusterFileStillMakesItTheFolderOfACluster() throws Exception {
    Files.createDirectories(bench.data());
    Files.writeString(bench.data().resolve("cluster.json"), "{\"fol");
    assertThat(bench.muster("run", "hello")).isEqualTo(8);
    assertThat(bench.hosted).isEmpty();
  }

  @Test
  void aNodeOfTheClusterItselfIsStarted() {
    cluster();
    second();
    bench.nodeGoes();
    bench.environment.put("MUSTER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/muster");
    bench.environment.put("MUSTER_CLUSTER_SEEDS", "127.0.0.1:2");
    bench.muster("up");
    assertThat(bench.hosted).hasSize(1);
  }
}
