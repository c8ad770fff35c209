package dev.muster.orchestrator.engine.placement;

import dev.muster.protocol.worker.WorkerAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides where shards live, and which move. Pure: the same hosts always give the same answer.
///
/// A shard without a home goes where most headroom is left for it. After that only what does not
/// change by itself can move it: how many shards each node has for its slots, and what operators
/// drain. A move to a node with fewer shards for each slot leaves it with fewer than its old home
/// has, so moves come to an end and none is ever taken back.
final class PlacementPolicy {
  /// Shards that move at once to even out the nodes.
  static final int BALANCE_AT_ONCE = 4;

  /// Shards that move at once because their node is drained.
  static final int DRAIN_AT_ONCE = 16;

  private static final Comparator<Host> BEST =
      Comparator.comparingInt((Host host) -> host.node().open() ? 1 : 0)
          .thenComparingDouble(Host::headroomPerShard)
          .thenComparing(Host::address, Comparator.reverseOrder());

  private PlacementPolicy() {}

  /// The address of the node that shall host this shard, or null when nobody can.
  static @Nullable String home(String shard, Collection<Host> hosts) {
    var labels = WorkerAddress.labelsOf(shard);
    return hosts.stream()
        .filter(host -> host.mayGet(labels))
        .max(BEST)
        .map(Host::address)
        .orElse(null);
  }

  /// Which shards shall move, and to which address. A node that has reported no attempt in a shard
  /// may have begun one since.
  ///
  /// @param moving shards that are on their way already
  /// @param refused shards that their node has just not let go, so that it is asked for others
  static Map<String, String> moves(
      Collection<Host> hosts, Set<String> moving, Set<String> refused) {
    return new Round(hosts, moving, refused).decide();
  }

  /// One look at all hosts. Each move counts for the next.
  private static final class Round {
    private final List<Host> hosts;
    private final Set<String> moving;
    private final Set<String> refused;
    private final Map<String, String> moves = new LinkedHashMap<>();

    Round(Collection<Host> hosts, Set<String> moving, Set<String> refused) {
      this.hosts = new ArrayList<>(hosts);
      this.hosts.sort(Comparator.comparing(Host::address));
      this.moving = moving;
      this.refused = refused;
    }

    /// Evening out waits for a drain to end, or it would undo some of itself.
    Map<String, String> decide() {
      for (var host : List.copyOf(hosts)) drain(host);
      if (!moves.isEmpty()) return moves;
      while (moving.size() + moves.size() < BALANCE_AT_ONCE && balance()) {}
      return moves;
    }

    private void drain(Host host) {
      if (!host.node().drained() || host.node().silent()) return;
      for (var shard : host.shards()) {
        if (moving.size() + moves.size() >= DRAIN_AT_ONCE) return;
        if (!mayLeave(host, shard)) continue;
        var to = leastLoaded(WorkerAddress.labelsOf(shard), _ -> true);
        var address = to == null ? home(shard, hosts) : to.address();
        if (address != null) move(shard, host.address(), address);
      }
    }

    /// Moves one shard from where there are most for each slot to where there are fewest.
    private boolean balance() {
      var sources =
          hosts.stream()
              .filter(host -> !host.node().silent())
              .sorted(Comparator.comparingDouble(Round::load).reversed())
              .toList();
      for (var from : sources) {
        for (var shard : from.shards()) {
          if (!mayLeave(from, shard)) continue;
          var to = leastLoaded(WorkerAddress.labelsOf(shard), host -> evensOut(from, host));
          if (to == null) continue;
          move(shard, from.address(), to.address());
          return true;
        }
      }
      return false;
    }

    private @Nullable Host leastLoaded(List<String> labels, Predicate<Host> suits) {
      return hosts.stream()
          .filter(host -> host.node().open() && host.mayGet(labels) && suits.test(host))
          .min(Comparator.comparingDouble(Round::load))
          .orElse(null);
    }

    private boolean mayLeave(Host host, String shard) {
      if (moving.contains(shard) || moves.containsKey(shard)) return false;
      return host.node().evicting() || (!host.node().isBusy(shard) && !refused.contains(shard));
    }

    private static double load(Host host) {
      return (double) host.shards().size() / host.slots();
    }

    /// Even after the move the old home has more for each slot than the new one.
    private static boolean evensOut(Host from, Host to) {
      return (long) (from.shards().size() - 1) * to.slots()
          > (long) (to.shards().size() + 1) * from.slots();
    }

    private void move(String shard, String from, String to) {
      moves.put(shard, to);
      hosts.replaceAll(host -> {
        if (host.address().equals(from)) return new Host(host.node(), without(host, shard));
        return host.address().equals(to) ? new Host(host.node(), with(host, shard)) : host;
      });
    }

    private static List<String> without(Host host, String shard) {
      return host.shards().stream().filter(it -> !it.equals(shard)).toList();
    }

    private static List<String> with(Host host, String shard) {
      var shards = new ArrayList<>(host.shards());
      shards.add(shard);
      return shards;
    }
  }
}
