package dev.muster.orchestrator.app;

import dev.muster.orchestrator.engine.approval.ApprovalGate;
import dev.muster.orchestrator.engine.approval.Proof;
import dev.muster.orchestrator.engine.commons.Commons;
import dev.muster.orchestrator.engine.headroom.ClusterHeadroom;
import dev.muster.orchestrator.engine.wave.RunListener;
import dev.muster.orchestrator.engine.wave.SubWorkerLimits;
import dev.muster.orchestrator.engine.wave.WaveSupervisor;
import dev.muster.orchestrator.journal.storage.Handovers;
import dev.muster.orchestrator.journal.storage.InstructionStore;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.commons.CommonsCommand;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunPlan;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/// The deciding half of a node: runs, gates, and the view of everybody's headroom.
public final class Orchestrator {
  public static final String ROLE = "orchestrator";

  private Orchestrator() {}

  /// What supervisors of runs work with.
  ///
  /// @param truth by which workers are believed
  /// @param manifests where the plans of runs are
  /// @param handovers where it is kept what their workers hand on
  /// @param instructions where those of sub-workers are stored
  /// @param subWorkers how many there may be
  public record Runs(
      RunListener listener,
      Truth truth,
      Manifests manifests,
      Handovers handovers,
      InstructionStore instructions,
      SubWorkerLimits subWorkers) {}

  /// What gates work with.
  ///
  /// @param heard is told what happens at them
  /// @param proof without which nobody decides
  /// @param rules what the settings say of deciding each kind
  public record Gates(Consumer<ApprovalEvent> heard, Proof proof, ApprovalRules rules) {}

  /// What agents share in a run.
  ///
  /// @param planOf a run, by its id; null when nobody knows it
  /// @param lessons for a worker of a run
  /// @param roundsMax questions that there may be in the room of a wave
  public record Shared(
      Function<String, @Nullable RunPlan> planOf,
      BiFunction<String, String, CompletionStage<String>> lessons,
      int roundsMax) {
    private Behavior<CommonsCommand> commons(String id, InstantSource clock) {
      var slash = id.indexOf('/');
      var run = slash < 0 ? id : id.substring(0, slash);
      return Commons.create(
          id, () -> planOf.apply(run), worker -> lessons.apply(run, worker), roundsMax, clock);
    }
  }

  /// Starts the actors of this role below the given guardian.
  ///
  /// @param node the name operators call this node
  /// @return the view of the cluster's headroom
  public static ActorRef<HeadroomCommand> start(
      ActorContext<?> guardian,
      String node,
      Runs runs,
      Gates gates,
      Shared shared,
      InstantSource clock) {
    var system = guardian.getSystem();
    var sharding = ClusterSharding.get(system);
    var headroom = guardian.spawn(ClusterHeadroom.create(clock), "cluster-headroom");
    var links =
        new ShardedLinks(
            sharding,
            headroom,
            Cluster.get(system),
            runs.truth(),
            runs.manifests(),
            runs.handovers(),
            new StoredSowing(runs.instructions(), runs.manifests()),
            runs.subWorkers());
    sharding.init(
        Entity.of(
                ApprovalCommand.TYPE_KEY,
                entity ->
                    ApprovalGate.create(
                        entity.getEntityId(),
                        links::announce,
                        gates.heard(),
                        gates.proof(),
                        gates.rules(),
                        clock,
                        SnapshotSerializer.EVERY_EVENTS))
            .withRole(ROLE));
    sharding.init(
        Entity.of(
                RunCommand.TYPE_KEY,
                entity ->
                    WaveSupervisor.create(
                        entity.getEntityId(),
                        links,
                        runs.listener(),
                        clock,
                        node,
                        SnapshotSerializer.EVERY_EVENTS))
            .withRole(ROLE)
            // A supervisor hears mostly from itself, which sharding does not count as a sign of
            // life.
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
    sharding.init(
        Entity.of(CommonsCommand.TYPE_KEY, entity -> shared.commons(entity.getEntityId(), clock))
            .withRole(ROLE));
    return headroom;
  }

  /// Makes runs and gates that live on other nodes reachable from one that hosts none.
  public static void reach(ActorSystem<?> system) {
    var sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(ApprovalCommand.TYPE_KEY, _ -> Behaviors.<ApprovalCommand>stopped())
            .withRole(ROLE));
    sharding.init(
        Entity.of(RunCommand.TYPE_KEY, _ -> Behaviors.<RunCommand>stopped()).withRole(ROLE));
    sharding.init(
        Entity.of(CommonsCommand.TYPE_KEY, _ -> Behaviors.<CommonsCommand>stopped())
            .withRole(ROLE));
  }

  /// From now on unfinished runs are carried on by this node and its peers.
  ///
  /// @param from runs with smaller ids are left alone; empty for none
  public static void carryOn(
      ActorContext<?> guardian,
      RunViews runs,
      ResultsListener results,
      Executor blocking,
      String from) {
    var sharding = ClusterSharding.get(guardian.getSystem());
    guardian.spawn(RunWaker.create(runs, sharding, results, blocking, from), "run-waker");
  }
}
