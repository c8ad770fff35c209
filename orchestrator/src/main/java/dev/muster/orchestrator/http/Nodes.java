package dev.muster.orchestrator.http;

import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// What all nodes have left.
@FunctionalInterface
public interface Nodes {
  CompletionStage<ClusterView> describe();

  /// Asks this orchestrator's own view.
  static Nodes asking(ActorRef<HeadroomCommand> headroom, ActorSystem<?> system) {
    return () ->
        AskPattern.ask(
            headroom, HeadroomCommand.Describe::new, Duration.ofSeconds(2), system.scheduler());
  }
}
