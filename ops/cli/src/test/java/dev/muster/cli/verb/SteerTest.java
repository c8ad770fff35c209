package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static dev.muster.cli.stub.Samples.downNode;
import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.client.Json;
import dev.muster.cli.stub.CliBench;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteerTest {
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
  void resumeWithNothingToDoIsZeroAndMakesNoDataFolder() {
    assertThat(bench.muster("resume")).isZero();
    assertThat(bench.data()).doesNotExist();
    bench.nodeRuns().node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("resume")).isZero();
    assertThat(bench.err()).contains("Nothing to resume");
  }

  @Test
  void resumeCarriesOnWhatCrashedAndWhatWasHeldButNotWhatIsPaused() throws Exception {
    Files.createDirectory(bench.data());
    bench
        .node
        .run("run_1", run("RUNNING", 1, 0, 0, 1), run("COMPLETED", 3, 0, 0, 0))
        .run("run_2", run("HELD", 1, 0, 1, 0), run("FAILED", 1, 2, 0, 0))
        .run("run_3", run("PAUSED", 1, 0, 0, 0));

    assertThat(bench.muster("resume")).isEqualTo(1);

    assertThat(bench.hosted.getFirst().resume()).isTrue();
    assertThat(bench.err()).contains("run_3 is paused; go on with: muster resume run_3");
    assertThat(bench.out())
        .contains("run_1 of hello: COMPLETED")
        .contains("run_2 of hello: FAILED");
    assertThat(bench.node.posts).isEmpty();
  }

  @Test
  void resumeOfARunWakesItHere() throws Exception {
    Files.createDirectory(bench.data());
    bench.node.run("run_1", run("PAUSED", 1, 0, 0, 0), run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("resume", "last")).isZero();
    assertThat(bench.node.posts).containsExactly("/runs/run_1/resume");
    assertThat(bench.hosted.getFirst().resume()).isFalse();
  }

  @Test
  void pauseTakesWorkers() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("pause", "run_1", "--worker", "WORKER_001", "WORKER_002")).isZero();
    assertThat(bench.node.posts).containsExactly("/runs/run_1/pause");
    assertThat(bench.node.bodies.getFirst().path("workers")).hasSize(2);
  }

  @Test
  void aRunThatIsNotNamedMustBeTheOnlyOne() {
    bench
        .nodeRuns()
        .node
        .run("run_1", run("RUNNING", 1, 0, 0, 1))
        .run("run_2", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("pause")).isEqualTo(2);
    assertThat(bench.muster("pause", "run_")).isEqualTo(2);
    assertThat(bench.muster("pause", "2")).isZero();
    assertThat(bench.muster("pause", "run_9")).isEqualTo(3);
  }

  @Test
  void wavesAndNodesAreListedByWhatFits() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("waves", "list", "last", "--filter", "done:false wave>=2")).isZero();
    assertThat(bench.node.filters()).contains("done:false wave>=2");
    assertThat(bench.muster("nodes", "list", "--filter", "status:UP")).isZero();
    assertThat(bench.node.filters()).contains("status:UP");
  }

  @Test
  void cancelAsksAboutARunThatWasGuessed() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("cancel")).isEqualTo(2);
    bench.types("n\n");
    assertThat(bench.muster("cancel")).isZero();
    assertThat(bench.node.posts).isEmpty();
    bench.types("y\n");
    assertThat(bench.muster("cancel")).isZero();
    assertThat(bench.muster("cancel", "run_1", "--no-input")).isZero();
    assertThat(bench.node.posts).hasSize(2);
  }

  @Test
  void cancelSaysOnATerminalWhatWouldBeLost() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 1, 1));
    bench.types("n\n");
    assertThat(bench.muster("cancel", "run_1")).isZero();
    assertThat(bench.node.posts).isEmpty();
    assertThat(bench.err().replaceAll("\\s+", " "))
        .contains("Cancel run_1 of hello? ")
        .contains("1 worker running, whose unfinished work is lost, 1 held, 1 approval open")
        .contains("1 completed worker keeps its results")
        .contains("Nothing was done.");
    assertThat(bench.muster("cancel", "run_1", "--worker", "WORKER_002")).isZero();
    assertThat(bench.err()).contains("Cancel WORKER_002 of run_1?");
    assertThat(bench.muster("cancel", "run_1", "-y")).isZero();
    assertThat(bench.err()).doesNotContain("Cancel");
    assertThat(bench.node.posts).containsExactly("/runs/run_1/cancel");
  }

  @Test
  void aScriptThatNamesTheRunMeansIt() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("cancel")).isEqualTo(2);
    assertThat(bench.err())
        .contains("Cancel run_1 of hello?")
        .contains("There is no terminal to ask on")
        .contains("--yes");
    assertThat(bench.node.posts).isEmpty();
    assertThat(bench.muster("cancel", "run_1")).isZero();
    assertThat(bench.node.posts).containsExactly("/runs/run_1/cancel");
  }

  @Test
  void aRunThatHasEndedLosesNothingByBeingCancelled() {
    bench.nodeRuns().node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("cancel", "run_1")).isZero();
  }

  @Test
  void whatNeverComesBackIsNotTakenFromAScriptThatDoesNotMeanIt() {
    bench.nodeRuns();
    assertThat(bench.muster("secrets", "delete", "DEPLOY_KEY")).isEqualTo(2);
    assertThat(bench.err()).contains("Nobody is told its value again.").contains("--yes");
    bench.types("n\n");
    assertThat(bench.muster("secrets", "delete", "DEPLOY_KEY")).isZero();
    assertThat(bench.err()).contains("Nothing was done.");
  }

  @Test
  void waitKnowsReachedMissedAndTooLate() {
    bench
        .nodeRuns()
        .node
        .run("run_1", run("RUNNING", 1, 0, 0, 1), run("FAILED", 1, 1, 0, 0))
        .run("run_2", run("RUNNING", 1, 0, 0, 1))
        .workers("run_1", worker("WORKER_001", "COMPLETED", ""));
    assertThat(bench.muster("wait", "run_1", "--for", "failed")).isZero();
    assertThat(bench.muster("wait", "run_1", "--for", "completed")).isEqualTo(1);
    assertThat(bench.muster("wait", "run_1/WORKER_001", "--for", "completed")).isZero();
    assertThat(bench.muster("wait", "run_2", "--timeout", "3s")).isEqualTo(7);
    assertThat(bench.err()).contains("why: muster runs show run_2");
    assertThat(bench.muster("wait", "run_2", "--for", "happy")).isEqualTo(2);
  }

  @Test
  void waitingWithoutANodeWouldBeForEver() throws Exception {
    Files.createDirectory(bench.data());
    bench.node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("wait", "run_1")).isEqualTo(8);
  }

  @Test
  void theJournalComesLineByLine() {
    bench
        .nodeRuns()
        .node
        .run("run_1", run("COMPLETED", 3, 0, 0, 0))
        .text(
            "/api/v1/runs/run_1/events",
            """
            {"seq":1,"at":"2026-01-01T00:00:00.000Z","worker":null,"attempt":0,"type":"RunCreated"}
            {"seq":2,"at":"2026-01-01T00:00:01.000Z","worker":"WORKER_001","attempt":1,"type":"Completed"}
            """);
    assertThat(bench.muster("runs", "events", "run_1", "-o", "jsonl")).isZero();
    assertThat(bench.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"seq\":"));
    assertThat(bench.muster("runs", "events", "last", "-o", "name")).isZero();
    assertThat(bench.out()).isEqualTo("RunCreated\nCompleted\n");
  }

  @Test
  void statusTellsWhatHoldsAndWhatIsOpen() {
    bench.nodeRuns().node.run("run_1", run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("status")).isZero();
    assertThat(bench.out()).contains("run_1").contains("CLOSED").contains("memory 87.2% > 85%");
    assertThat(bench.muster("nodes", "list", "-o", "name")).isZero();
    assertThat(bench.out()).isEqualTo("local\n");
  }

  /// `top` asks every second.
  @Test
  void statusAsksForNoMoreThanItShows() {
    bench.nodeRuns();
    for (var i = 0; i < 1_000; i++) bench.node.run("run_old_" + i, run("COMPLETED", 3, 0, 0, 0));
    for (var i = 0; i < 1_000; i++) bench.node.approval(approval("apr_" + i));
    var open = run("HELD", 1, 0, 2, 0);
    open.withObject("/approvals").put("pending", 1_000);
    bench.node.run("run_1", open);
    assertThat(bench.muster("status")).isZero();
    assertThat(bench.out())
        .contains("run_1", "1000 operations to decide:", "… and 990 more: muster approvals list");
    assertThat(bench.out().lines().filter(line -> line.startsWith("run_old_"))).hasSize(4);
    assertThat(bench.node.handedOut()).isLessThan(20);

    assertThat(bench.muster("status", "-o", "json")).isZero();
    var seen = Json.parse(bench.out(), "status");
    assertThat(seen.path("runs")).hasSize(101);
    assertThat(seen.path("approvals")).hasSize(100);
    assertThat(seen.path("waiting").asInt()).isEqualTo(1_000);
    assertThat(seen.path("more").toString()).isEqualTo("{\"runs\":true,\"approvals\":true}");
    assertThat(bench.node.handedOut()).isLessThan(250);
  }

  @Test
  void statusShowsTheNewestOfManyRunsThatHaveNotEnded() {
    bench.nodeRuns();
    for (var i = 100; i < 250; i++) bench.node.run("run_" + i, run("RUNNING", 1, 0, 0, 1));
    assertThat(bench.muster("status")).isZero();
    assertThat(bench.out().lines().filter(line -> line.matches("run_\\d+ .*"))).hasSize(20);
    assertThat(bench.out())
        .contains("run_249", "… and 130 more that have not ended: muster runs list")
        .doesNotContain("run_100");
    assertThat(bench.muster("status", "-o", "name")).isZero();
    assertThat(bench.out().lines()).hasSize(150).startsWith("run_249").endsWith("run_100");
  }

  @Test
  void aNodeThatIsDownIsListedWithoutFiguresNobodyKnows() {
    bench.nodeRuns().node.node(downNode("worker-1"));
    assertThat(bench.muster("nodes", "list")).isZero();
    assertThat(bench.out().lines().skip(2).findFirst().orElse(""))
        .matches("worker-1 +worker +DOWN +CLOSED +- +- +- +- +- +- +no sign of life for 3 min");
    assertThat(bench.muster("nodes", "list", "-o", "wide")).isZero();
    assertThat(bench.out()).contains("SANDBOX").containsPattern("local .* util-linux ");
  }

  @Test
  void upRefusesWhereANodeRuns() {
    bench.nodeRuns();
    assertThat(bench.muster("up")).isEqualTo(5);
  }

  @Test
  void upHostsAndResumes() {
    assertThat(bench.muster("up", "--port", "0")).isZero();
    assertThat(bench.hosted.getFirst().resume()).isTrue();
    assertThat(bench.out()).startsWith("http://127.0.0.1:");
  }

  @Test
  void tagsAreAddedAndTakenAwayBySigns() {
    bench.nodeRuns().node.run("run_1", run("COMPLETED", 3, 0, 0, 0));
    assertThat(bench.muster("runs", "tag", "run_1", "+keep", "team=red", "-nightly", "-o", "name"))
        .as(bench.err())
        .isZero();
    assertThat(bench.muster("runs", "tag", "run_1", "--remove", "x")).as(bench.err()).isZero();

    assertThat(bench.node.posts).containsExactly("/runs/run_1/tags", "/runs/run_1/tags");
    assertThat(bench.node.bodies.getFirst().toString())
        .isEqualTo("{\"add\":[\"keep\",\"team=red\"],\"remove\":[\"nightly\"]}");
    assertThat(bench.node.bodies.getLast().toString()).isEqualTo("{\"add\":[],\"remove\":[\"x\"]}");
    assertThat(bench.muster("runs", "tag", "run_1")).isEqualTo(2);
    assertThat(bench.err()).contains("expected tags");
  }
}
