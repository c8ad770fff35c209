package dev.muster.host.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.worker.WorkerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Where workers live in a cluster of several nodes, and who decides it.
@Isolated("nodes that are heard late get no workers")
class PlacementTest {
  private static final List<String> ORCHESTRATOR = List.of("orchestrator");
  private static final List<String> WORKER = List.of("worker");
  private static final List<String> NONE = List.of();
  private static final List<String> DOCKER = List.of("docker");

  private static List<WorkerAddress> workers(int count, List<String> labels) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new WorkerAddress("run_1", "WORKER_%03d".formatted(n), labels))
        .toList();
  }

  @Test
  void workersSpreadOverTheNodesThatOfferWhatTheyNeedAndNeverOverAnOrchestrator() {
    try (var cluster = new SmallCluster()) {
      cluster.start("orchestrator", ORCHESTRATOR, NONE);
      cluster.start("a", WORKER, NONE);
      cluster.start("b", WORKER, DOCKER);
      cluster.wake("orchestrator", workers(225, NONE));
      assertThat(cluster.shards("a")).hasSizeBetween(12, 20);

      // From now on the one has more than the other, so that some may move; one that moves just now
      // is nowhere for a moment.
      cluster.wake("a", workers(225, DOCKER));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            var a = cluster.shards("a");
            var b = cluster.shards("b");
            assertThat(a).allMatch(shard -> shard.startsWith("any/")).hasSizeGreaterThan(11);
            assertThat(a.size() + count(b, "any/")).isEqualTo(32);
            assertThat(count(b, "docker/")).isEqualTo(32);
          });
      assertThat(cluster.shards("orchestrator")).isEmpty();
      assertThat(cluster.coordinators()).containsExactly("orchestrator");
    }
  }

  /// The oldest node is a worker then, and the coordinator lives on the youngest.
  @Test
  void aRestartedOrchestratorPlacesOnWithoutMovingAnybody() {
    try (var cluster = new SmallCluster()) {
      cluster.start("orchestrator", ORCHESTRATOR, NONE);
      cluster.start("a", WORKER, NONE);
      cluster.start("b", WORKER, DOCKER);
      cluster.wake("orchestrator", workers(225, NONE));
      var a = cluster.shards("a");
      var b = cluster.shards("b");

      cluster.stop("orchestrator");
      cluster.start("second", ORCHESTRATOR, NONE);
      cluster.wake("second", workers(225, NONE));

      assertThat(cluster.coordinators()).containsExactly("second");
      assertThat(cluster.shards("a")).isEqualTo(a);
      assertThat(cluster.shards("b")).isEqualTo(b);

      // From now on the one has more than the other, so that some may move.
      cluster.wake("a", workers(225, DOCKER));
      assertThat(cluster.shards("second")).isEmpty();
    }
  }

  /// Between the two there is a worker in age, which is where the region would look.
  @Test
  void anotherOrchestratorTakesOver() {
    try (var cluster = new SmallCluster()) {
      cluster.start("first", ORCHESTRATOR, NONE);
      cluster.start("a", WORKER, DOCKER);
      cluster.start("second", ORCHESTRATOR, NONE);
      cluster.wake("second", workers(50, NONE));
      assertThat(cluster.coordinators()).containsExactly("first");

      cluster.stop("first");
      cluster.wake("second", workers(50, DOCKER));
      cluster.wake("a", workers(225, NONE));

      assertThat(cluster.coordinators()).containsExactly("second");
      assertThat(cluster.shards("second")).isEmpty();
      assertThat(count(cluster.shards("a"), "any/")).isEqualTo(32);
    }
  }

  @Test
  void idleShardsMoveToANodeThatJoinedLateAndThoseWithAnAttemptStay() {
    try (var cluster = new SmallCluster()) {
      cluster.start("orchestrator", ORCHESTRATOR, NONE);
      cluster.start("a", WORKER, NONE);
      cluster.wake("orchestrator", workers(225, NONE));
      var reported = Set.of("any/0", "any/1", "any/2", "any/3", "any/4");
      cluster.report("a", busy(reported));
      // Begun after the last report.
      var begun = Set.of("any/5", "any/6", "any/7", "any/8");
      cluster.occupy("a", begun);

      cluster.start("b", WORKER, NONE);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(cluster.shards("b")).hasSizeBetween(15, 16));
      assertThat(cluster.shards("a")).containsAll(reported).containsAll(begun);
    }
  }

  @Test
  void aDrainedNodeLosesWhatIsIdleAndAnEvictedOneEverything() {
    try (var cluster = new SmallCluster()) {
      cluster.start("orchestrator", ORCHESTRATOR, NONE);
      cluster.start("a", WORKER, NONE);
      cluster.start("b", WORKER, NONE);
      cluster.wake("orchestrator", workers(225, NONE));
      var stays = cluster.shards("a").iterator().next();
      cluster.report("a", it -> drained(busy(Set.of(stays)).apply(it), false));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(cluster.shards("a")).containsExactly(stays));

      cluster.report("a", it -> drained(busy(Set.of(stays)).apply(it), true));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(cluster.shards("a")).isEmpty());
      cluster.wake("a", workers(225, NONE));
      assertThat(cluster.shards("b")).hasSize(32);
    }
  }

  private static long count(Set<String> shards, String prefix) {
    return shards.stream().filter(shard -> shard.startsWith(prefix)).count();
  }

  private static UnaryOperator<NodeHeadroom> busy(Set<String> shards) {
    return it -> changed(it, false, false, List.copyOf(shards));
  }

  private static NodeHeadroom drained(NodeHeadroom it, boolean evicting) {
    return changed(it, true, evicting, it.busyShards());
  }

  private static NodeHeadroom changed(
      NodeHeadroom it, boolean drained, boolean evicting, List<String> busyShards) {
    return new NodeHeadroom(
        it.node(),
        it.address(),
        it.incarnation(),
        it.roles(),
        !drained,
        drained ? List.of("drained") : List.of(),
        it.cpuPercent(),
        it.cpuOwnPercent(),
        it.memoryPercent(),
        it.diskPercent(),
        it.limits(),
        it.slots(),
        it.slotsBusy(),
        it.at(),
        it.labels(),
        drained,
        evicting,
        false,
        busyShards,
        0,
        0,
        null,
        null);
  }
}
