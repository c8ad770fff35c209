package dev.muster.host;

import dev.muster.node.app.ShardedCommons;
import dev.muster.node.app.ShardedGate;
import dev.muster.node.app.ShardedSpawns;
import dev.muster.node.app.WorkerNode;
import dev.muster.node.executor.AttemptSources;
import dev.muster.node.executor.Executor;
import dev.muster.node.executor.ExecutorSettings;
import dev.muster.node.executor.RunClients;
import dev.muster.node.executor.Workplace;
import dev.muster.node.models.pool.ModelGauge;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.sandbox.Watchdog;
import dev.muster.node.sandbox.WatchedSandbox;
import dev.muster.node.tools.Toolbox;
import dev.muster.node.worker.NodeIdentity;
import dev.muster.node.worker.Witness;
import dev.muster.node.workspace.LogReader;
import dev.muster.node.workspace.TargetFolders;
import dev.muster.node.workspace.Workspaces;
import dev.muster.orchestrator.engine.membership.Self;
import dev.muster.orchestrator.engine.membership.Standing;
import dev.muster.orchestrator.engine.placement.HeadroomAllocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// The working half of a node: executor, workers, and what ends them in time.
record Working(
    NodeOptions options,
    Self self,
    Stores stores,
    Sandboxes sandboxes,
    Witness witness,
    InstantSource clock,
    Supplier<Standing> standing) {
  private static final int QUEUE_MAX = 1_000;

  /// For what runs to end once it has been told to.
  private static final Duration LAST_MOMENTS = Duration.ofSeconds(2);

  /// @param models what agents may ask
  /// @param placement places workers, where this node is an orchestrator, too; else null
  /// @param watchdog null on a node that is alone
  /// @param putOut whether this node's workers belong to others now
  ActorRef<Executor.Command> begin(
      ActorContext<?> guardian,
      ModelPool models,
      @Nullable HeadroomAllocation placement,
      Sandbox sandbox,
      @Nullable Watchdog watchdog,
      BooleanSupplier putOut) {
    var settings = options.settings();
    var data = options.data();
    var system = guardian.getSystem();
    var node = new NodeIdentity(self.name(), self.incarnation());
    var workplace =
        new Workplace(
            new Workspaces(data),
            stores.files().artifacts(),
            new TargetFolders(data, stores.files().artifacts()),
            stores.files().shelf(),
            watchdog == null ? sandbox : new WatchedSandbox(sandbox, watchdog),
            sandboxes.limits(),
            home(),
            settings.writeOutside(),
            stores.secrets());
    var agents =
        new RunAgents(
            stores.manifests(),
            models,
            Toolbox.STANDARD.tools(),
            settings.agents().limits(),
            new StoredLedger(
                stores.source(),
                settings.agents().run(),
                settings.agents().wave(),
                StoredLedger.tree(settings.agents().limits())),
            settings.outside(),
            stores.secrets(),
            clock);
    var executor =
        guardian.spawn(
            Executor.create(
                new ExecutorSettings(
                    settings.slots(),
                    QUEUE_MAX,
                    settings.agents().inFlightMax(),
                    node.name() + "#" + node.incarnation()),
                workplace,
                new AttemptSources(
                    new StoredInstructions(stores.instructions()),
                    stores.handovers()::inputs,
                    agents),
                new RunClients(
                    new ShardedGate(ClusterSharding.get(system)),
                    new ShardedCommons(ClusterSharding.get(system)),
                    new ShardedSpawns(ClusterSharding.get(system))),
                witness.seals(),
                clock),
            "executor");
    WorkerNode.host(system, placement, executor, node, settings.backoff(), witness, clock);
    new Monitoring(options, self, clock, standing)
        .begin(guardian, executor, sandbox.kind(), new ModelGauge(models));
    LogReader.host(guardian, node.name(), workplace.workspaces());
    if (watchdog != null) endInTime(system, executor, putOut);
    return executor;
  }

  static Path home() {
    return Path.of(System.getProperty("user.home", "/"));
  }

  /// Before the shards go: what runs here is given time to end when the node is asked to stop, and
  /// none when others own it already.
  private void endInTime(
      ActorSystem<?> system, ActorRef<Executor.Command> executor, BooleanSupplier putOut) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "attempts",
            () -> {
              var grace =
                  putOut.getAsBoolean() ? Duration.ZERO : options.settings().cluster().grace();
              return AskPattern.<Executor.Command, Done>ask(
                      executor,
                      replyTo -> new Executor.Drain(grace, replyTo),
                      grace.plus(LAST_MOMENTS),
                      system.scheduler())
                  .exceptionally(_ -> Done.getInstance());
            });
  }
}
