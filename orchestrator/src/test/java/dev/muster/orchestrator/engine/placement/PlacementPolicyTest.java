package dev.muster.orchestrator.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.placement.Hosts.Kind;
import dev.muster.orchestrator.engine.placement.Hosts.Standing;
import dev.muster.protocol.worker.WorkerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementPolicyTest {
  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("seeds", 300));
  }

  private static PlacementWorld full(PlacementWorld world) {
    PlacementWorld.allShards().forEach(world::allocate);
    return world;
  }

  private static PlacementWorld of(Kind... kinds) {
    var world = new PlacementWorld();
    for (var kind : kinds) world.add("node-" + (world.kinds.size() + 1), kind);
    return world;
  }

  private static List<String> any() {
    return PlacementWorld.allShards().stream().filter(it -> it.startsWith("any/")).toList();
  }

  private static List<Integer> counts(PlacementWorld world) {
    return world.shards.values().stream().map(List::size).toList();
  }

  // --- a home for a shard ---

  @ParameterizedTest
  @MethodSource("seeds")
  void aShardOnlyGetsAHomeThatOffersItsLabelsAndTakesWork(long seed) {
    var world = PlacementWorld.random(new SplittableRandom(seed));
    for (var shard : PlacementWorld.allShards()) {
      var labels = WorkerAddress.labelsOf(shard);
      var candidates =
          world.kinds.values().stream()
              .filter(kind -> kind.labels().containsAll(labels))
              .filter(
                  kind -> kind.standing() == Standing.OPEN || kind.standing() == Standing.CLOSED)
              .toList();
      assertThat(world.allocate(shard)).isEqualTo(!candidates.isEmpty());
      if (candidates.isEmpty()) continue;
      var home = world.kind(world.homeOf(shard));
      assertThat(candidates).contains(home);
      if (candidates.stream().anyMatch(kind -> kind.standing() == Standing.OPEN)) {
        assertThat(home.standing()).isEqualTo(Standing.OPEN);
      }
    }
  }

  @Test
  void shardsAskedForInOneMomentSpreadBySlots() {
    var world = of(Kind.open(2), Kind.open(2), Kind.open(4));
    any().forEach(world::allocate);
    assertThat(counts(world)).containsExactly(8, 8, 16);
  }

  @Test
  void aBusyMachineGetsLessAndNeverNothing() {
    var world = of(Kind.open(2).using(70), Kind.open(2).using(0), Kind.open(2).using(0));
    any().forEach(world::allocate);
    assertThat(counts(world).getFirst()).isBetween(1, 4);
  }

  @Test
  void whereEveryNodeIsAtItsLimitsTheyShareTheShardsAllTheSame() {
    var closed = Kind.open(2).using(99).in(Standing.CLOSED);
    var world = of(closed, closed);
    any().forEach(world::allocate);
    assertThat(counts(world)).containsExactly(16, 16);
  }

  // --- moving ---

  @ParameterizedTest
  @MethodSource("seeds")
  void movesEndAndEachMakesTheNodesMoreEvenAndNoAttemptIsDisturbed(long seed) {
    var random = new SplittableRandom(seed);
    var world = full(PlacementWorld.random(random));
    for (var change = 0; change < 6; change++) {
      var node = "node-" + random.nextInt(1, 9);
      world.add(node, PlacementWorld.randomKind(random));
      world.busy.clear();
      PlacementWorld.allShards().stream()
          .filter(_ -> random.nextInt(3) == 0)
          .forEach(world.busy::add);
      settle(world, random);
    }
  }

  /// Free use goes up and down all the while.
  private static void settle(PlacementWorld world, SplittableRandom random) {
    var moves = new HashMap<String, Integer>();
    for (var round = 0; ; round++) {
      assertThat(round).isLessThan(200);
      world.kinds.replaceAll((_, kind) -> kind.using(random.nextInt(0, 79)));
      var before = unevenness(world);
      var moved = world.rebalance();
      if (moved.isEmpty()) return;
      moved.forEach((shard, from) -> {
        var source = world.kind(from);
        var home = world.kind(world.homeOf(shard));
        assertThat(home.labels()).containsAll(WorkerAddress.labelsOf(shard));
        assertThat(home.standing()).isIn(Standing.OPEN, Standing.CLOSED);
        assertThat(source.standing()).isNotEqualTo(Standing.SILENT);
        assertThat(world.busy.contains(shard) && source.standing() != Standing.EVICTING).isFalse();
        assertThat(moves.merge(shard, 1, Integer::sum)).isLessThanOrEqualTo(3);
      });
      var drains = moved.values().stream().anyMatch(from -> isDrained(world.kind(from)));
      if (!drains) assertThat(unevenness(world)).isLessThan(before);
    }
  }

  /// What only ever falls never comes back to where it was.
  private static double unevenness(PlacementWorld world) {
    return world.kinds.entrySet().stream()
        .mapToDouble(it -> Math.pow(world.shardsOf(it.getKey()).size(), 2) / it.getValue().slots())
        .sum();
  }

  private static boolean isDrained(Kind kind) {
    return kind.standing() == Standing.DRAINED || kind.standing() == Standing.EVICTING;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsFreeAtTheMomentMovesNothing(long seed) {
    var random = new SplittableRandom(seed);
    var world = full(PlacementWorld.random(random));
    var moves = PlacementPolicy.moves(world.hosts(), Set.of(), Set.of());
    world.kinds.replaceAll((_, kind) -> kind.using(random.nextInt(0, 79)));
    var later = PlacementPolicy.moves(world.hosts(), Set.of(), Set.of());
    var someOpen =
        world.kinds.values().stream().allMatch(kind -> kind.standing() != Standing.CLOSED);
    // Only among nodes that are all closed is it headroom that decides where a drain goes.
    if (someOpen) assertThat(later).isEqualTo(moves);
    assertThat(moves.size()).isLessThanOrEqualTo(PlacementPolicy.DRAIN_AT_ONCE);
  }

  @Test
  void aNodeThatJoinsLateGetsItsShareAFewAtATime() {
    var world = of(Kind.open(2), Kind.open(2));
    any().forEach(world::allocate);
    world.add("node-3", Kind.open(2));
    assertThat(world.rebalance()).hasSize(PlacementPolicy.BALANCE_AT_ONCE);
    settle(world, new SplittableRandom(1));
    assertThat(counts(world)).allMatch(count -> count >= 10 && count <= 11);
  }

  @Test
  void nothingMovesBetweenNodesThatDifferByOne() {
    var world = of(Kind.open(2), Kind.open(2), Kind.open(2));
    any().forEach(world::allocate);
    assertThat(world.rebalance()).isEmpty();
  }

  @Test
  void aClosedNodeIsNotReliefForAnother() {
    var world = of(Kind.open(2), Kind.open(2).in(Standing.CLOSED));
    any().forEach(world::allocate);
    assertThat(counts(world)).containsExactly(32, 0);
    assertThat(world.rebalance()).isEmpty();
  }

  @Test
  void aDrainedNodeKeepsWhatRunsAndAnEvictedOneNothing() {
    var world = of(Kind.open(2), Kind.open(2));
    any().forEach(world::allocate);
    var running = world.shardsOf("node-1").subList(0, 3).stream().toList();
    world.busy.addAll(running);
    world.kinds.put("node-1", Kind.open(2).in(Standing.DRAINED));
    settle(world, new SplittableRandom(1));
    assertThat(world.shardsOf("node-1")).containsExactlyElementsOf(running);
    world.kinds.put("node-1", Kind.open(2).in(Standing.EVICTING));
    settle(world, new SplittableRandom(1));
    assertThat(world.shardsOf("node-1")).isEmpty();
  }

  @Test
  void aDrainedNodeKeepsWhatNobodyElseCanHost() {
    var world = of(Kind.open(2, "gpu"), Kind.open(2));
    world.allocate("gpu/1");
    world.kinds.put("node-1", Kind.open(2, "gpu").in(Standing.EVICTING));
    assertThat(world.rebalance()).isEmpty();
  }

  @Test
  void whatANodeHasNotLetGoIsPassedOverForTheNext() {
    var world = of(Kind.open(2));
    any().forEach(world::allocate);
    world.add("node-2", Kind.open(2));
    var refused = PlacementPolicy.moves(world.hosts(), Set.of(), Set.of()).keySet();
    var moves = PlacementPolicy.moves(world.hosts(), Set.of(), refused);
    assertThat(moves).hasSize(PlacementPolicy.BALANCE_AT_ONCE);
    assertThat(moves.keySet()).doesNotContainAnyElementsOf(refused);
  }

  @Test
  void whatIsOnItsWayCountsAgainstTheFewAtATime() {
    var world = of(Kind.open(2));
    any().forEach(world::allocate);
    world.add("node-2", Kind.open(2));
    var moving = Set.copyOf(world.shardsOf("node-1").subList(0, 3));
    var moves = PlacementPolicy.moves(world.hosts(), moving, Set.of());
    assertThat(moves).hasSize(1).doesNotContainKeys(moving.toArray(String[]::new));
  }
}
