package dev.muster.e2e.cluster;

import static dev.muster.e2e.ScriptedModel.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.CountedAgent;
import dev.muster.e2e.SiteAgents;
import dev.muster.e2e.rig.Network;
import dev.muster.e2e.rig.NodeProcess;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A part of `mvn -Pcampaign verify`: the conversation of a node that was killed goes on on
/// another.
@Order(1)
@ResourceLock(Network.LOOPBACK)
class AgentMoves {
  /// Of the counted ones, beside the others.
  private static final int FIRST = 101;

  @TempDir static Path folder;
  private static final CountedAgent AGENT = new CountedAgent();
  private static Scene scene;

  @BeforeAll
  static void start() throws Exception {
    var config = folder.resolve("config");
    AGENT.setUp(config);
    var rig = new Rig(folder, Network.loopback(), 1, 2, 4);
    rig.nodes().forEach(node -> node.with("XDG_CONFIG_HOME", config.toString()));
    scene = new Scene(rig);
  }

  @AfterAll
  static void stop() {
    if (scene != null) scene.close();
    AGENT.close();
  }

  @Test
  void subWorkersGoOnOnTheOtherNodeAlsoOneThatWaitsAtTheGate() throws Exception {
    var rig = scene.rig();
    var site = new SiteAgents(AGENT.model()).before(shell("sleep 600"));
    var workforce = SiteAgents.workforce(folder.resolve("site"));
    var target = Files.createDirectories(folder.resolve("target-site"));
    var run = rig.operator().launch(workforce, target, "none");
    var pending = scene.pending(run);
    scene.await("the page's command runs", () -> site.asked(SiteAgents.PAGE) == 3);
    var victim = scene.rows().carrier(run, SiteAgents.PAGE);
    rig.node(victim).kill();
    site.before(shell("true"));
    assertThat(rig.operator().approve(pending).good()).isTrue();
    scene.awaitEnd(run);

    assertThat(scene.count(run, "Completed")).isEqualTo(3);
    assertThat(scene.count(run, "WorkerSpawned")).isEqualTo(2);
    assertThat(scene.rows().carrier(run, SiteAgents.PAGE)).isNotEqualTo(victim);
    assertThat(Files.readAllLines(target.resolve(SiteAgents.LOG))).containsExactly("menu");
    assertThat(site.asked(SiteAgents.PARENT)).isEqualTo(3);

    rig.nodes().forEach(NodeProcess::start);
    scene.await(
        "both nodes are back", () -> rig.operator().nodesUp().containsAll(rig.workerNames()));
    assertThat(scene.broken()).isEqualTo(List.of());
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("agent.seeds", 1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theConversationGoesOnOnTheOtherNode(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    var rig = scene.rig();
    var worker = FIRST + (int) seed;
    AGENT.carry(worker, CountedAgent.Stop.NOWHERE);
    var workforce = CountedAgent.workforce(folder.resolve("count-" + seed), worker);
    var target = Files.createDirectories(folder.resolve("target-" + seed));
    var run = rig.operator().launch(workforce, target, "all");
    var steps = random.nextInt(2, 12);
    scene.await("step " + steps, () -> scene.count(run, "AgentStepped") >= steps);
    Thread.sleep(random.nextInt(0, 300));
    var victim = scene.rows().carrier(run);
    rig.node(victim).kill();
    Thread.sleep(100); // what it had sent is received by then
    var killed = Instant.now();
    scene.awaitEnd(run);

    assertThat(scene.count(run, "Completed")).isOne();
    var heir = scene.rows().carrier(run);
    assertThat(heir).isNotEqualTo(victim);
    var said =
        rig.operator()
            .get(
                "/runs/" + run + "/workers/" + CountedAgent.id(worker) + "/conversation?limit=200");
    scene.await(
        "the results are written",
        () -> Files.exists(rig.results().resolve(run).resolve("execution_summary.json")));
    var told =
        AGENT.judged(
            worker, said.body().path("items"), List.of(killed), target, rig.results().resolve(run));
    System.out.printf(
        "seed %d: %s was killed after step %d, %s went on: %s%n", seed, victim, steps, heir, told);
    rig.nodes().forEach(NodeProcess::start);
    scene.await(
        "both nodes are back", () -> rig.operator().nodesUp().containsAll(rig.workerNames()));
    assertThat(scene.broken()).isEqualTo(List.of());
  }
}
