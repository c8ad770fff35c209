package dev.muster.host.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.host.OneAuthority;
import dev.muster.host.Termination;
import dev.muster.node.app.WorkerNode;
import dev.muster.node.executor.Executor;
import dev.muster.node.executor.Occupancy;
import dev.muster.node.worker.NodeIdentity;
import dev.muster.node.worker.Witness;
import dev.muster.orchestrator.engine.headroom.ClusterHeadroom;
import dev.muster.orchestrator.engine.placement.HeadroomAllocation;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.pattern.Patterns;

/// Nodes with the roles and the sharding of real ones. They measure nothing and carry out nothing:
/// what they report is what the test says.
final class SmallCluster implements AutoCloseable {
  /// For what will happen, however much else the machine does.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String COORDINATOR =
      "/system/sharding/WorkerCoordinator/singleton/coordinator";

  /// No node is silent for long, however busy the machine is.
  private static final InstantSource STANDING = InstantSource.fixed(Instant.EPOCH);

  private final Map<String, ActorSystem<?>> systems = new LinkedHashMap<>();
  private final Map<String, UnaryOperator<NodeHeadroom>> says = new TreeMap<>();
  private final Map<String, Set<String>> busy = new ConcurrentHashMap<>();
  private final OneAuthority authority = new OneAuthority();

  private record Report() {}

  ActorSystem<?> start(String node, List<String> roles, List<String> labels) {
    says.putIfAbsent(node, it -> it);
    var system =
        ActorSystem.create(
            Behaviors.<Void>setup(context -> {
              host(context, node, roles, labels);
              return Behaviors.empty();
            }),
            "muster",
            authority.setup(node, config(roles)));
    var cluster = Cluster.get(system);
    var seed = systems.isEmpty() ? system : systems.values().iterator().next();
    cluster.manager().tell(Join.create(Cluster.get(seed).selfMember().address()));
    systems.put(node, system);
    await(node + " is up")
        .atMost(PATIENCE)
        .until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
    return system;
  }

  private static Config config(List<String> roles) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.cluster.roles",
                roles,
                "pekko.persistence.journal.plugin",
                "pekko.persistence.journal.inmem",
                "pekko.cluster.sharding.rebalance-interval",
                "500 ms",
                "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
                "2 s",
                "pekko.cluster.downing-provider-class",
                ""))
        .withFallback(ConfigFactory.parseResources("node.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private void host(
      ActorContext<?> guardian, String node, List<String> roles, List<String> labels) {
    var system = guardian.getSystem();
    HeadroomAllocation placement = null;
    if (roles.contains("orchestrator")) {
      placement = HeadroomAllocation.start(guardian);
      guardian.spawn(ClusterHeadroom.create(STANDING), "headroom");
    }
    if (roles.contains("worker")) {
      var executor = guardian.spawn(executor(node), "executor");
      WorkerNode.host(
          system,
          placement,
          executor,
          new NodeIdentity(node, node),
          new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1)),
          new Witness(new LoneSeals(node), (_, _, _) -> {}),
          InstantSource.system());
    } else if (placement != null) {
      WorkerNode.reach(system, placement);
    }
    guardian.spawn(reporter(node, roles, labels), "reporter");
  }

  /// Says only which shards it is busy with.
  private Behavior<Executor.Command> executor(String node) {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof Executor.Describe(var replyTo)) {
        var shards = List.copyOf(busy.getOrDefault(node, Set.of()));
        replyTo.tell(new Occupancy(2, 0, 0, Duration.ZERO, false, shards, 0));
      }
      return Behaviors.same();
    });
  }

  private Behavior<Object> reporter(String node, List<String> roles, List<String> labels) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Report(), Duration.ofMillis(200));
          context
              .getSystem()
              .receptionist()
              .tell(
                  Receptionist.subscribe(
                      HeadroomCommand.SERVICE_KEY, context.getSelf().unsafeUpcast()));
          return reporting(node, roles, labels, Set.of());
        }));
  }

  private Behavior<Object> reporting(
      String node,
      List<String> roles,
      List<String> labels,
      Set<org.apache.pekko.actor.typed.ActorRef<HeadroomCommand>> views) {
    return Behaviors.receive((context, message) -> {
      if (message instanceof Receptionist.Listing listing) {
        return reporting(
            node, roles, labels, listing.getServiceInstances(HeadroomCommand.SERVICE_KEY));
      }
      var own = Cluster.get(context.getSystem()).selfMember().address();
      var address = own.getHost().orElseThrow() + ":" + own.getPort().orElseThrow();
      var headroom = says(node).apply(idle(node, address, roles, labels));
      views.forEach(view -> view.tell(new HeadroomCommand.Reported(headroom)));
      return Behaviors.same();
    });
  }

  private synchronized UnaryOperator<NodeHeadroom> says(String node) {
    var what = says.get(node);
    return what == null ? it -> it : what;
  }

  /// From now on the node has attempts in these shards, whatever it reports.
  void occupy(String node, Set<String> shards) {
    busy.put(node, Set.copyOf(shards));
  }

  /// From now on the node reports this instead of that it is idle.
  synchronized void report(String node, UnaryOperator<NodeHeadroom> what) {
    says.put(node, what);
  }

  private static NodeHeadroom idle(
      String node, String address, List<String> roles, List<String> labels) {
    return new NodeHeadroom(
        node,
        address,
        node,
        roles,
        true,
        List.of(),
        5,
        0,
        20,
        20,
        HeadroomLimits.DEFAULT,
        2,
        0,
        InstantSource.system().instant(),
        labels,
        false,
        false,
        false,
        List.of(),
        0,
        0,
        null,
        null);
  }

  /// Asks every worker from this node, so that all of them have a home. A shard that was moved
  /// meanwhile is nowhere for a moment; this waits until each is somewhere.
  void wake(String from, List<WorkerAddress> workers) {
    var sharding = ClusterSharding.get(system(from));
    var answers = new ArrayList<CompletionStage<WorkerStatus>>();
    for (var worker : workers) {
      answers.add(
          sharding
              .entityRefFor(WorkerCommand.TYPE_KEY, worker.entityId())
              .ask(WorkerCommand.Describe::new, PATIENCE));
    }
    answers.forEach(answer -> assertThat(answer.toCompletableFuture().join()).isNotNull());
    var theirs = workers.stream().map(WorkerAddress::shardId).collect(Collectors.toSet());
    await("all shards are on some node")
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(systems.values())
                .flatMap(SmallCluster::shardsOf)
                .containsAll(theirs)
                .doesNotHaveDuplicates());
  }

  /// Which shards live on the node, by its own region.
  Set<String> shards(String node) {
    return shardsOf(system(node));
  }

  private static Set<String> shardsOf(ActorSystem<?> system) {
    var region =
        org.apache.pekko.cluster.sharding.ClusterSharding.get(Adapter.toClassic(system))
            .shardRegion("Worker");
    var stats =
        (ShardRegion.ShardRegionStats)
            Patterns.ask(region, ShardRegion.getRegionStatsInstance(), PATIENCE)
                .toCompletableFuture()
                .join();
    return new TreeSet<>(stats.getStats().keySet());
  }

  /// The nodes on which the coordinator of the workers lives.
  List<String> coordinators() {
    var found = new ArrayList<String>();
    systems.forEach((node, system) -> {
      var identity =
          (ActorIdentity)
              Patterns.ask(
                      Adapter.toClassic(system).actorSelection(COORDINATOR),
                      new Identify(node),
                      PATIENCE)
                  .toCompletableFuture()
                  .join();
      if (identity.getActorRef().isPresent()) found.add(node);
    });
    return found;
  }

  ActorSystem<?> system(String node) {
    var system = systems.get(node);
    if (system == null) throw new IllegalArgumentException("no node " + node);
    return system;
  }

  void stop(String node) {
    var system = system(node);
    systems.remove(node);
    end(List.of(system));
  }

  private static void end(Collection<ActorSystem<?>> systems) {
    var ended = systems.stream().map(system -> Termination.of(system).ended()).toList();
    systems.forEach(ActorSystem::terminate);
    ended.forEach(end -> end.orTimeout(30, TimeUnit.SECONDS).join());
  }

  @Override
  public void close() {
    end(systems.values());
  }
}
