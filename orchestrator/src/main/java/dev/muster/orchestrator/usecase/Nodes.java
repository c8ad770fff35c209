package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.membership.NodeRegistry;
import dev.muster.orchestrator.engine.membership.Registered;
import dev.muster.orchestrator.journal.storage.DatabasePulse;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomTrend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/// What all nodes have left, and which there are.
public interface Nodes {
  CompletionStage<ClusterView> describe();

  /// How that one did lately; without points where this orchestrator has not heard of it.
  CompletionStage<HeadroomTrend> recall(String node);

  /// As the registry knows them; empty while it does not answer. May block for a moment.
  List<Registered> registered();

  /// Asks this orchestrator's own view.
  ///
  /// @param registry null for a node that is alone: it gives itself no signs of life
  static Nodes asking(
      ActorRef<HeadroomCommand> headroom, ActorSystem<?> system, @Nullable NodeRegistry registry) {
    var roll =
        registry == null ? null : new DatabasePulse<>(registry::nodes, Thread::startVirtualThread);
    return new Nodes() {
      @Override
      public CompletionStage<ClusterView> describe() {
        return AskPattern.ask(
            headroom, HeadroomCommand.Describe::new, Duration.ofSeconds(2), system.scheduler());
      }

      @Override
      public CompletionStage<HeadroomTrend> recall(String node) {
        return AskPattern.ask(
            headroom,
            replyTo -> new HeadroomCommand.Recall(node, replyTo),
            Duration.ofSeconds(2),
            system.scheduler());
      }

      @Override
      public List<Registered> registered() {
        var nodes = roll == null ? null : roll.feel().answer();
        return nodes == null ? List.of() : nodes;
      }
    };
  }
}
