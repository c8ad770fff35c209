package dev.muster.node.app;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.Departures;
import dev.muster.node.worker.NodeIdentity;
import dev.muster.node.worker.ShardRelease;
import dev.muster.node.worker.Witness;
import dev.muster.node.worker.Worker;
import dev.muster.node.worker.WorkerLinks;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.worker.WorkerCommand;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;

/// The doing half of a node: workers, their executor, and the monitor of what the node has left.
public final class WorkerNode {
  public static final String ROLE = "worker";
  private static final String COORDINATING_ROLE = "orchestrator";

  private WorkerNode() {}

  /// Makes workers live on this node.
  ///
  /// @param placement places them, where this node is an orchestrator, too; else null
  /// @param witness by whom receipts are believed
  public static void host(
      ActorSystem<?> system,
      @Nullable ShardAllocationStrategy placement,
      ActorRef<Executor.Command> executor,
      NodeIdentity node,
      RetryPolicy retries,
      Witness witness,
      InstantSource clock) {
    var sharding = ClusterSharding.get(system);
    var links = new ShardedLinks(sharding);
    var departures = new Departures();
    init(
        system,
        placement,
        entity ->
            Worker.create(
                entity.getEntityId(),
                entity.getShard(),
                executor,
                links,
                node,
                retries,
                witness,
                departures,
                clock));
    system.systemActorOf(ShardRelease.create(executor, departures), "shard-release", Props.empty());
  }

  /// Makes workers that live on other nodes reachable from an orchestrator that hosts none.
  ///
  /// @param placement never places one here
  public static void reach(ActorSystem<?> system, ShardAllocationStrategy placement) {
    init(system, placement, _ -> Behaviors.<WorkerCommand>stopped());
  }

  /// Every node has a region without a role, so that each can keep a copy of who lives where and
  /// the orchestrators can coordinate what they do not host.
  private static void init(
      ActorSystem<?> system,
      @Nullable ShardAllocationStrategy placement,
      Function<EntityContext<WorkerCommand>, Behavior<WorkerCommand>> behavior) {
    var entity =
        Entity.of(WorkerCommand.TYPE_KEY, behavior)
            .withMessageExtractor(new WorkerShards())
            // A worker decides by itself when it may leave memory.
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy());
    var region =
        ClusterSharding.get(system)
            .init(placement == null ? entity : entity.withAllocationStrategy(placement));
    system.systemActorOf(
        CoordinatorFinder.create(
            Adapter.toClassic(region), WorkerCommand.TYPE_KEY.name(), COORDINATING_ROLE),
        "worker-coordinator-finder",
        Props.empty());
  }

  private record ShardedLinks(ClusterSharding sharding) implements WorkerLinks {
    @Override
    public RecipientRef<RunCommand> run(String run) {
      return sharding.entityRefFor(RunCommand.TYPE_KEY, run);
    }

    @Override
    public RecipientRef<ApprovalCommand> gate(String run) {
      return sharding.entityRefFor(ApprovalCommand.TYPE_KEY, run);
    }

    @Override
    public RecipientRef<WorkerCommand> worker(String entityId) {
      return sharding.entityRefFor(WorkerCommand.TYPE_KEY, entityId);
    }
  }
}
