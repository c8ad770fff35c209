package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.withApprovals;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `run` does where people have to decide.
class RunDecisionsTest {
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
  void aRejectionOrAnExpiryIsSix() {
    bench.nodeRuns().node.run("run_1", withApprovals(run("FAILED", 2, 1, 0, 0), 1, 0));
    assertThat(bench.muster("run", "hello")).isEqualTo(6);
    bench.node.run("run_1", withApprovals(run("FAILED", 2, 1, 0, 0), 0, 1));
    assertThat(bench.muster("run", "hello")).isEqualTo(6);
  }

  @Test
  void aRejectionThatWasMadeGoodIsForgotten() {
    bench.nodeRuns().node.run("run_1", withApprovals(run("COMPLETED", 3, 0, 0, 0), 1, 0));
    assertThat(bench.muster("run", "hello")).isZero();
  }

  @Test
  void withoutInputItEndsWhereOnlyDecisionsRemain() {
    bench
        .nodeRuns()
        .node
        .run("run_1", run("RUNNING", 0, 0, 0, 2), run("HELD", 2, 0, 1, 0))
        .workers("run_1", worker("WORKER_003", "AWAITING_APPROVAL", "waits for apr_1"))
        .approval(approval("apr_1"));

    assertThat(bench.muster("run", "hello", "--no-input")).isEqualTo(6);

    assertThat(bench.out()).contains("HELD").contains("muster approve apr_1");
  }

  @Test
  void heldForAMomentIsNotTheEnd() {
    bench
        .nodeRuns()
        .node
        .run(
            "run_1",
            run("HELD", 1, 0, 1, 0),
            run("HELD", 1, 0, 1, 0),
            run("RUNNING", 1, 0, 0, 1),
            run("COMPLETED", 3, 0, 0, 0));

    assertThat(bench.muster("run", "hello", "--no-input")).isZero();
  }

  @Test
  void onATerminalItAsksWithTheConsequenceAndGoesOn() {
    bench.nodeRuns().types("d\ny\n").node.run("run_1", run("HELD", 2, 0, 1, 0));
    bench
        .node
        .workers("run_1", worker("WORKER_003", "AWAITING_APPROVAL", ""))
        .approval(approval("apr_1"))
        .onDecision(() -> bench.node.run("run_1", run("COMPLETED", 3, 0, 0, 0)));

    assertThat(bench.muster("run", "hello")).isZero();

    assertThat(bench.err())
        .contains("Publishes the report to ../site.")
        .contains("| cp report.html ../site/")
        .contains("check      test -f ../site/x")
        .contains("apr_1 approved.");
    assertThat(bench.node.posts).containsExactly("/runs", "/approvals/apr_1/approve");
    assertThat(bench.node.bodies.getLast().path("digest").asText()).isEqualTo("d1");
  }

  @Test
  void aNoIsGivenItsReason() {
    bench.nodeRuns().types("n\ntoo risky\n").node.run("run_1", run("HELD", 2, 0, 1, 0));
    bench
        .node
        .approval(approval("apr_1"))
        .onDecision(() -> bench.node.run("run_1", withApprovals(run("FAILED", 2, 1, 0, 0), 1, 0)));

    assertThat(bench.muster("run", "hello")).isEqualTo(6);

    assertThat(bench.node.bodies.getLast().path("reason").asText()).isEqualTo("too risky");
  }

  @Test
  void whatIsSkippedIsAskedOnceAndLeftOpen() {
    bench.nodeRuns().types("s\n").node.run("run_1", run("HELD", 2, 0, 1, 0));
    bench.node.approval(approval("apr_1"));

    assertThat(bench.muster("run", "hello")).isEqualTo(6);

    assertThat(bench.err()).containsOnlyOnce("Approve? ").contains("muster approve apr_1");
  }
}
