package dev.muster.orchestrator.engine.placement;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.worker.ReleaseShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/// Places workers by the headroom of the nodes. Asked by the one coordinator of the cluster, which
/// lives on an orchestrator, one question at a time.
public final class HeadroomAllocation extends AbstractShardAllocationStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(HeadroomAllocation.class);

  /// After a start, nodes that have joined get this long to report before the others take it all.
  private static final Duration REPORTS_WITHIN = Duration.ofSeconds(5);

  private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);
  private static final String WORKER_ROLE = "worker";

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private volatile ClusterView view = new ClusterView(List.of(), 0);
  private volatile Releases releases;

  /// Where shards that were told to move shall go.
  private final Map<String, String> targets = new ConcurrentHashMap<>();

  /// Shards that were asked for in vain since the last round that would have moved nothing.
  private volatile Set<String> refused = Set.of();

  private CompletableFuture<Set<String>> released = CompletableFuture.completedFuture(Set.of());

  private final Map<String, Long> complainedNanos = new HashMap<>();
  private long firstAskedNanos;

  private HeadroomAllocation(ActorSystem<?> system) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.releases = new Releases(system, Map.of());
  }

  /// Listens to this node's own view of the cluster, as soon as there is one.
  public static HeadroomAllocation start(ActorContext<?> guardian) {
    var allocation = new HeadroomAllocation(guardian.getSystem());
    guardian.spawn(allocation.listening(), "placement");
    return allocation;
  }

  private Behavior<Object> listening() {
    return Behaviors.setup(context -> {
      var views = context.messageAdapter(ClusterView.class, it -> it);
      for (var key : List.of(HeadroomCommand.SERVICE_KEY, ReleaseShards.SERVICE_KEY)) {
        var listings = Receptionist.subscribe(key, context.getSelf().unsafeUpcast());
        context.getSystem().receptionist().tell(listings);
      }
      return Behaviors.receiveMessage(message -> {
        if (message instanceof ClusterView now) view = now;
        if (message instanceof Receptionist.Listing listing) take(listing, views);
        return Behaviors.same();
      });
    });
  }

  private void take(
      Receptionist.Listing listing, org.apache.pekko.actor.typed.ActorRef<ClusterView> views) {
    if (listing.isForKey(ReleaseShards.SERVICE_KEY)) {
      releases =
          new Releases(
              system,
              listing.getServiceInstances(ReleaseShards.SERVICE_KEY).stream()
                  .collect(toMap(it -> addressOf(it.path().address()), it -> it, (a, _) -> a)));
      return;
    }
    for (var headroom : listing.getServiceInstances(HeadroomCommand.SERVICE_KEY)) {
      if (headroom.path().address().hasLocalScope()) {
        headroom.tell(new HeadroomCommand.Subscribe(views));
      }
    }
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> regions) {
    var hosts = hosts(regions);
    var to = awaitsReports() ? null : target(shard, hosts.values());
    for (var host : hosts.entrySet()) {
      if (host.getValue().address().equals(to)) return Future.successful(host.getKey());
    }
    complain(shard);
    // The coordinator takes a region it does not know for one that has just gone: it does nothing,
    // and is asked again soon. A failure it would log as an error, each time.
    return Future.successful(Adapter.toClassic(system).deadLetters());
  }

  /// Where it was told to go, if that still is a good place.
  private @Nullable String target(String shard, Collection<Host> hosts) {
    var wanted = targets.remove(shard);
    if (wanted != null) {
      var there = hosts.stream().filter(host -> host.address().equals(wanted)).toList();
      var home = PlacementPolicy.home(shard, there);
      if (home != null) return home;
    }
    return PlacementPolicy.home(shard, hosts);
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> regions, Set<String> moving) {
    var isWhole = cluster.state().getUnreachable().isEmpty();
    // A region that does not answer would hold up every move, and the workers in it.
    if (!released.isDone() || !isWhole) return Future.successful(Set.of());
    targets.keySet().removeIf(it -> !moving.contains(it) && !released.join().contains(it));
    var hosts = hosts(regions).values();
    var moves = PlacementPolicy.moves(hosts, moving, refused);
    released = release(moves, hosts).thenApply(shards -> remember(moves, shards, hosts));
    return FutureConverters.asScala(released);
  }

  /// A node that is being evicted is not asked.
  private CompletableFuture<Set<String>> release(
      Map<String, String> moves, Collection<Host> hosts) {
    var evicted = new HashSet<String>();
    var asked = new HashMap<String, List<String>>();
    for (var host : hosts) {
      var leaving = host.shards().stream().filter(moves::containsKey).toList();
      if (host.node().evicting()) {
        evicted.addAll(leaving);
      } else if (!leaving.isEmpty()) {
        asked.put(host.address(), leaving);
      }
    }
    return releases
        .ask(asked)
        .thenApply(released -> {
          released.retainAll(moves.keySet());
          released.addAll(evicted);
          return released;
        });
  }

  private Set<String> remember(
      Map<String, String> moves, Set<String> released, Collection<Host> hosts) {
    refused =
        moves.isEmpty()
            ? Set.of()
            : Stream.concat(refused.stream(), moves.keySet().stream())
                .filter(it -> !released.contains(it))
                .collect(toSet());
    for (var shard : released) {
      var to = Objects.requireNonNull(moves.get(shard));
      LOG.info("workers of shard {} move to {}", shard, nameOf(to, hosts));
      targets.put(shard, to);
    }
    return released;
  }

  private static String nameOf(String address, Collection<Host> hosts) {
    return hosts.stream()
        .filter(host -> host.address().equals(address))
        .map(host -> host.node().node())
        .findFirst()
        .orElse(address);
  }

  /// Regions whose node has reported: orchestrators have one, too, and never get a shard.
  private Map<ActorRef, Host> hosts(Map<ActorRef, IndexedSeq<String>> regions) {
    var nodes = new HashMap<String, NodeHeadroom>();
    for (var node : view.nodes()) {
      // A node that came back under another name is known by both for a while.
      nodes.merge(node.address(), node, (a, b) -> a.silent() ? b : a);
    }
    var hosts = new HashMap<ActorRef, Host>();
    regions.forEach((region, shards) -> {
      var node = nodes.get(addressOf(region.path().address()));
      if (node != null) hosts.put(region, new Host(node, CollectionConverters.asJava(shards)));
    });
    return hosts;
  }

  private String addressOf(Address address) {
    return hostAndPort(address.hasLocalScope() ? cluster.selfMember().address() : address);
  }

  /// As nodes report it.
  private static String hostAndPort(Address address) {
    return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
  }

  private boolean awaitsReports() {
    var nanos = System.nanoTime();
    if (firstAskedNanos == 0) firstAskedNanos = nanos;
    if (nanos - firstAskedNanos > REPORTS_WITHIN.toNanos()) return false;
    var reported = new ArrayList<String>();
    view.nodes().forEach(node -> reported.add(node.address()));
    for (var member : cluster.state().getMembers()) {
      var due = member.hasRole(WORKER_ROLE) && member.status().equals(MemberStatus.up());
      if (due && !reported.contains(hostAndPort(member.address()))) return true;
    }
    return false;
  }

  private void complain(String shard) {
    var nanos = System.nanoTime();
    var last = complainedNanos.get(shard);
    if (last != null && nanos - last < COMPLAIN_EVERY.toNanos()) return;
    complainedNanos.put(shard, nanos);
    LOG.info("workers of shard {} wait: no node that can host them has headroom to show", shard);
  }
}
