package dev.muster.orchestrator.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.wave.Headroom.Room;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three nodes with four places each, of which one dies. Until the cluster has noticed, a third of
/// all workers belongs to it.
class StrandedTest {
  private static final int PLACES = 4;
  private static final List<String> NODES = List.of("node-a", "node-b", "node-c");

  private final Simulation simulation =
      new Simulation(
          Plans.plan(
              IntStream.rangeClosed(1, 300)
                  .mapToObj(n -> "WORKER_%03d".formatted(n))
                  .map(id -> new Planned(id, id, 1, "d", List.of(), null, List.of()))
                  .toList(),
              false,
              FailurePolicy.CONTINUE),
          new SplittableRandom(0));

  /// Where shards live: as the cluster, not the run, knows it.
  private final Map<String, String> homes = new HashMap<>();

  private final List<String> stuck = new ArrayList<>();
  private boolean dead;

  @BeforeEach
  void everyShardHasBeenHeardOf() {
    IntStream.range(0, WorkerAddress.SHARDS_PER_LABELS)
        .forEach(n -> homes.put("any/" + n, NODES.get(n % NODES.size())));
    for (var round = 0; round < 12; round++) goOn();
  }

  private String home(String worker) {
    return homes.getOrDefault(WorkerAddress.shardId("run_1/" + worker), "");
  }

  /// The run looks, and whoever lives works: who is released reports, and then completes.
  private int goOn() {
    var room = new ArrayList<Room>();
    for (var node : NODES) {
      var silent = dead && node.equals("node-c");
      room.add(
          silent
              ? new Room(node, 0, List.of(), "is silent", List.of("silent for more than 3 s"))
              : new Room(node, PLACES, List.of(), null, List.of()));
    }
    simulation.look(new Headroom(room));
    var completed = 0;
    for (var worker : simulation.release.workers()) {
      if (dead && home(worker).equals("node-c")) {
        stuck.add(worker);
        continue;
      }
      simulation.says(worker, WorkerPhase.RUNNING, home(worker));
      simulation.settle(worker, WorkerPhase.COMPLETED);
      completed++;
    }
    return completed;
  }

  @Test
  void theDeadTakeNoPlacesOfTheLivingHoweverLongTheyStayUnnoticed() {
    dead = true;
    for (var round = 0; round < 15; round++) assertThat(goOn()).isEqualTo(2 * PLACES);
    assertThat(stuck).hasSizeLessThanOrEqualTo(4);
    assertThat(simulation.release.holds())
        .filteredOn(hold -> hold.kind() == Hold.Kind.PARALLEL)
        .singleElement()
        .satisfies(hold -> assertThat(hold.reason()).contains("belong to node-c, silent"));
  }

  @Test
  void whoWasUnderWayOnItIsNotCountedUntilItReportsFromElsewhere() {
    simulation.look(new Headroom(List.of(new Room("node-c", 2, List.of(), null, List.of()))));
    for (var worker : simulation.release.workers()) {
      simulation.says(worker, WorkerPhase.RUNNING, "node-c");
      homes.put(WorkerAddress.shardId("run_1/" + worker), "node-c");
    }
    var moved = simulation.release.workers();
    assertThat(moved).hasSize(2);
    dead = true;
    assertThat(goOn()).isEqualTo(2 * PLACES);
    for (var worker : moved) {
      homes.put(WorkerAddress.shardId("run_1/" + worker), "node-a");
      simulation.says(worker, WorkerPhase.RUNNING, "node-a");
    }
    // Whoever was stuck in the same shards has moved with them.
    stuck.stream()
        .filter(worker -> home(worker).equals("node-a"))
        .forEach(worker -> simulation.settle(worker, WorkerPhase.COMPLETED));
    assertThat(goOn()).isEqualTo(2 * PLACES - 2);
  }

  @Test
  void onceItsShardsHaveANewHomeEverybodyGoesOn() {
    dead = true;
    for (var round = 0; round < 40; round++) goOn();
    homes.replaceAll((_, node) -> node.equals("node-c") ? "node-a" : node);
    for (var round = 0; round < 80 && !simulation.state.finished(); round++) {
      for (var worker : List.copyOf(stuck)) {
        simulation.says(worker, WorkerPhase.RUNNING, "node-a"); // it was reminded
        simulation.settle(worker, WorkerPhase.COMPLETED);
      }
      stuck.clear();
      goOn();
    }
    assertThat(simulation.state.finished()).isTrue();
  }
}
