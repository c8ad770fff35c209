package dev.muster.orchestrator.engine.placement;

import dev.muster.orchestrator.engine.placement.Hosts.Kind;
import dev.muster.orchestrator.engine.placement.Hosts.Standing;
import dev.muster.protocol.worker.WorkerAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Some nodes with some shards, of which some have attempts. What the policy decides is carried out
/// at once.
final class PlacementWorld {
  private static final List<List<String>> LABELS =
      List.of(List.of(), List.of("docker"), List.of("gpu"), List.of("docker", "gpu"));

  final Map<String, Kind> kinds = new TreeMap<>();
  final Map<String, List<String>> shards = new TreeMap<>();
  final Set<String> busy = new HashSet<>();

  static PlacementWorld random(SplittableRandom random) {
    var world = new PlacementWorld();
    for (var n = random.nextInt(1, 7); n > 0; n--) {
      world.add("node-" + n, randomKind(random));
    }
    return world;
  }

  static Kind randomKind(SplittableRandom random) {
    var standings = Standing.values();
    var standing =
        random.nextInt(3) == 0 ? standings[random.nextInt(standings.length)] : Standing.OPEN;
    return new Kind(
        standing,
        random.nextInt(1, 9),
        LABELS.get(random.nextInt(LABELS.size())),
        random.nextInt(0, 79));
  }

  static List<String> allShards() {
    return LABELS.stream()
        .flatMap(labels ->
            Stream.iterate(0, n -> n + 1)
                .limit(WorkerAddress.SHARDS_PER_LABELS)
                .map(n -> (labels.isEmpty() ? "any" : String.join("+", labels)) + "/" + n))
        .toList();
  }

  void add(String node, Kind kind) {
    kinds.put(node, kind);
    shards.putIfAbsent(node, new ArrayList<>());
  }

  Kind kind(String node) {
    return Objects.requireNonNull(kinds.get(node));
  }

  List<String> shardsOf(String node) {
    return Objects.requireNonNull(shards.get(node));
  }

  List<Host> hosts() {
    var hosts = new ArrayList<Host>();
    kinds.forEach((name, kind) -> {
      var mine = shardsOf(name);
      var node = Hosts.node(name, kind, mine.stream().filter(busy::contains).toList());
      hosts.add(new Host(node, mine));
    });
    return hosts;
  }

  /// Gives a shard a home; false when nobody takes it.
  boolean allocate(String shard) {
    var home = PlacementPolicy.home(shard, hosts());
    if (home == null) return false;
    shardsOf(nodeOf(home)).add(shard);
    return true;
  }

  static String nodeOf(String address) {
    return address.substring(0, address.indexOf(':'));
  }

  String homeOf(String shard) {
    return shards.entrySet().stream()
        .filter(entry -> entry.getValue().contains(shard))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /// One round; what moved, and where from.
  Map<String, String> rebalance() {
    var moves = PlacementPolicy.moves(hosts(), Set.of(), Set.of());
    var from = new LinkedHashMap<String, String>();
    moves.forEach((shard, to) -> {
      var home = homeOf(shard);
      from.put(shard, home);
      shardsOf(home).remove(shard);
      shardsOf(nodeOf(to)).add(shard);
    });
    return from;
  }
}
