package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.wave.Headroom.Room;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Workers that not every node can carry out.
class LabelledWorkersTest {
  private static final List<String> NONE = List.of();
  private static final List<String> DOCKER = List.of("docker");
  private static final List<String> GPU = List.of("gpu");
  private static final List<String> BOTH = List.of("docker", "gpu");

  private static Planned worker(String id, List<String> labels) {
    return new Planned(id, id, 1, "d", List.of(), null, labels);
  }

  private static List<Planned> workers(int count, List<String> labels) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> worker("WORKER_%03d".formatted(n), labels))
        .toList();
  }

  private static Simulation simulation(List<Planned> workers) {
    RunPlan plan = Plans.plan(workers, false, FailurePolicy.CONTINUE);
    return new Simulation(plan, new SplittableRandom(0));
  }

  private static Room open(String node, int capacity, List<String> labels) {
    return new Room(node, capacity, labels, null, List.of());
  }

  private static List<String> words(Simulation simulation, Hold.Kind kind) {
    return simulation.release.holds().stream()
        .filter(hold -> hold.kind() == kind)
        .map(Hold::reason)
        .toList();
  }

  @Test
  void aWorkerWhoseLabelsNobodyOffersIsHeldInWordsWhileOthersGo() {
    var simulation = simulation(List.of(worker("WORKER_019", NONE), worker("WORKER_020", BOTH)));
    simulation.look(new Headroom(List.of(open("node-a", 4, DOCKER), open("node-b", 4, NONE))));
    assertThat(simulation.release.workers()).containsExactly("WORKER_019");
    assertThat(words(simulation, Hold.Kind.PLACEMENT))
        .containsExactly(
            "WORKER_020 needs docker, gpu; no node offers them:"
                + " node-a has docker, node-b has none");
  }

  @Test
  void whoIsSilentOrDrainedOffersNothing() {
    var simulation = simulation(List.of(worker("WORKER_020", GPU)));
    simulation.look(
        new Headroom(
            List.of(
                new Room("node-a", 0, GPU, "is silent", List.of("silent for more than 3 s")),
                new Room("node-b", 0, GPU, "is drained", List.of("drained")),
                open("node-c", 4, NONE))));
    assertThat(words(simulation, Hold.Kind.PLACEMENT))
        .containsExactly(
            "WORKER_020 needs gpu; no node offers it: node-a has gpu but is silent,"
                + " node-b has gpu but is drained, node-c has none");
  }

  @Test
  void aHoldForLabelsEndsWhenANodeOffersThem() {
    var simulation = simulation(List.of(worker("WORKER_020", GPU)));
    simulation.look(new Headroom(List.of(open("node-a", 4, NONE))));
    assertThat(simulation.release.isHeldBy(Hold.Kind.PLACEMENT)).isTrue();
    simulation.look(new Headroom(List.of(open("node-a", 4, NONE), open("node-b", 4, BOTH))));
    assertThat(simulation.release.workers()).containsExactly("WORKER_020");
  }

  @Test
  void manyHoldsForLabelsAreCounted() {
    var simulation = simulation(workers(100, GPU));
    simulation.look(new Headroom(List.of(open("node-a", 4, NONE))));
    assertThat(words(simulation, Hold.Kind.PLACEMENT))
        .hasSize(21)
        .endsWith("80 more workers need labels that no node offers");
  }

  @Test
  void beforeAnyNodeIsKnownItIsHeadroomThatIsMissing() {
    var simulation = simulation(List.of(worker("WORKER_020", GPU)));
    simulation.look(new Headroom(List.of()));
    assertThat(simulation.release.isHeldBy(Hold.Kind.PLACEMENT)).isFalse();
    assertThat(words(simulation, Hold.Kind.HEADROOM))
        .containsExactly("no worker node has reported its headroom");
  }

  @Test
  void labelledWorkersCountAgainstTheNodesThatOfferTheirLabels() {
    var workers = new ArrayList<>(workers(10, DOCKER));
    IntStream.rangeClosed(101, 110).forEach(n -> workers.add(worker("WORKER_" + n, NONE)));
    var simulation = simulation(workers);
    simulation.look(new Headroom(List.of(open("node-a", 2, DOCKER), open("node-b", 4, NONE))));
    assertThat(simulation.release.workers())
        .containsExactly(
            "WORKER_001", "WORKER_002", "WORKER_101", "WORKER_102", "WORKER_103", "WORKER_104");
  }

  @Test
  void whoWaitsForAPlaceWithLabelsIsToldWhose() {
    var simulation = simulation(workers(5, DOCKER));
    simulation.look(new Headroom(List.of(open("node-a", 2, DOCKER), open("node-b", 4, NONE))));
    assertThat(words(simulation, Hold.Kind.PARALLEL))
        .containsExactly(
            "3 workers wait for a place: 0 are under way, the nodes take 6 and the wave 100 at"
                + " once; 3 of them need docker: the nodes that offer it take 2");
  }

  @Test
  void whereTheNodesWithTheLabelsAreAtTheirLimitsTheHoldSaysWhichLimit() {
    var simulation = simulation(workers(3, DOCKER));
    simulation.look(
        new Headroom(
            List.of(
                new Room("node-a", 0, DOCKER, null, List.of("memory 87.2% ≥ 85%")),
                open("node-b", 4, NONE))));
    assertThat(simulation.release.workers()).isEmpty();
    assertThat(words(simulation, Hold.Kind.PARALLEL).getFirst())
        .endsWith("3 of them need docker: node-a memory 87.2% ≥ 85%");
  }

  @Test
  void aRunIsHeldOnlyWhenLabelsHaveBeenMissingForAWhile() {
    var simulation = simulation(List.of(worker("WORKER_020", GPU)));
    simulation.look(new Headroom(List.of(open("node-a", 8, NONE)))); // the wave begins
    var outlook = new Outlook();
    outlook.see(Nodes.view(4));
    outlook.look(simulation.state, Simulation.T0);
    var soon = Simulation.T0.plusSeconds(1);
    assertThat(outlook.status(simulation.state, soon).phase()).isEqualTo(RunPhase.RUNNING);
    outlook.look(simulation.state, soon);
    var later = Simulation.T0.plus(Duration.ofMinutes(1));
    assertThat(outlook.status(simulation.state, later).phase()).isEqualTo(RunPhase.HELD);
  }

  @Test
  void aDrainedOrSilentNodeHasNoHeadroomAndSaysWhy() {
    var node = Nodes.view(4).nodes().getFirst();
    var drained = new ClusterView(List.of(drained(node)), 1);
    var headroom = Headroom.of(drained, null);
    assertThat(headroom.capacity()).isZero();
    assertThat(headroom.reasons()).containsExactly("node-a is drained");
    var silent = new ClusterView(List.of(node.silenced("silent for more than 3 s")), 1);
    assertThat(Headroom.of(silent, null).reasons())
        .containsExactly("node-a silent for more than 3 s");
  }

  @Test
  void aFullOrchestratorThatDoesNotWorkClosesNothingAndIsNotNamed() {
    var worker = Nodes.view(4).nodes().getFirst();
    var with = Headroom.of(new ClusterView(List.of(Nodes.orchestrator(), worker), 2), null);
    assertThat(with).isEqualTo(Headroom.of(new ClusterView(List.of(worker), 2), null));
    assertThat(with.reasons()).isEmpty();
    assertThat(with.placementRefusal(GPU))
        .isEqualTo("needs gpu; no node offers it: node-a has none");
  }

  @Test
  void anOrchestratorThatDoesNotWorkOpensNothing() {
    var alone = Headroom.of(new ClusterView(List.of(Nodes.orchestrator()), 1), null);
    assertThat(alone.open()).isFalse();
    assertThat(alone.reasons()).containsExactly("no worker node has reported its headroom");
    var limits = new HeadroomLimits(50, 50, 50);
    var closed = new ClusterView(List.of(Nodes.orchestrator(), Nodes.closed()), 2);
    assertThat(Headroom.of(closed, limits).reasons())
        .isNotEmpty()
        .allMatch(it -> it.startsWith("node-a "));
  }

  private static NodeHeadroom drained(NodeHeadroom it) {
    return new NodeHeadroom(
        it.node(),
        it.address(),
        it.incarnation(),
        it.roles(),
        true,
        List.of(),
        it.cpuPercent(),
        it.cpuOwnPercent(),
        it.memoryPercent(),
        it.diskPercent(),
        HeadroomLimits.DEFAULT,
        it.slots(),
        0,
        it.at(),
        List.of(),
        true,
        false,
        false,
        List.of(),
        0,
        0,
        null,
        null);
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 200));
  }

  /// Hall's condition for the sets of labels that occur, the way a rival would check it.
  @ParameterizedTest
  @MethodSource("seeds")
  void noSetOfNodesIsEverPromisedMoreThanItTakes(long seed) {
    var random = new SplittableRandom(seed);
    var sets = List.of(NONE, DOCKER, GPU, BOTH);
    var rooms = new ArrayList<Room>();
    for (var n = random.nextInt(1, 6); n > 0; n--) {
      rooms.add(open("node-" + n, random.nextInt(0, 5), sets.get(random.nextInt(4))));
    }
    var headroom = new Headroom(rooms);
    var places = new Places(headroom, List.of());
    var taken = new ArrayList<List<String>>();
    for (var n = 0; n < 60; n++) {
      var labels = sets.get(random.nextInt(4));
      if (places.take(labels)) taken.add(labels);
    }
    for (var labels : sets) {
      var demand = taken.stream().filter(it -> it.containsAll(labels)).count();
      assertThat(demand).isLessThanOrEqualTo(headroom.capacity(labels));
      assertThat(places.take(labels)).isFalse();
    }
    var scarce = random.nextInt(4);
    assertThat(places.hasRoom(sets.get(scarce))).isFalse();
  }
}
