package dev.muster.node.app;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.NodeIdentity;
import dev.muster.node.worker.RetryPolicy;
import dev.muster.node.worker.Worker;
import dev.muster.node.worker.WorkerLinks;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.worker.WorkerCommand;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/// The doing half of a node: workers, their executor, and the monitor of what the node has left.
public final class WorkerNode {
  public static final String ROLE = "worker";

  private WorkerNode() {}

  /// Makes workers live on this node.
  public static void host(
      ActorSystem<?> system,
      ActorRef<Executor.Command> executor,
      NodeIdentity node,
      RetryPolicy retries,
      InstantSource clock) {
    var sharding = ClusterSharding.get(system);
    var links = new ShardedLinks(sharding);
    init(
        system,
        entity ->
            Worker.create(
                entity.getEntityId(), entity.getShard(), executor, links, node, retries, clock));
  }

  /// Makes workers that live on other nodes reachable from one that hosts none.
  public static void reach(ActorSystem<?> system) {
    init(system, _ -> Behaviors.<WorkerCommand>stopped());
  }

  private static void init(
      ActorSystem<?> system,
      org.apache.pekko.japi.function.Function<
              org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext<WorkerCommand>,
              Behavior<WorkerCommand>>
          behavior) {
    ClusterSharding.get(system)
        .init(
            Entity.of(WorkerCommand.TYPE_KEY, behavior)
                .withRole(ROLE)
                // A worker decides by itself when it may leave memory.
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
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
