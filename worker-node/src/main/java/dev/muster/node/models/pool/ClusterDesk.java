package dev.muster.node.models.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/// The one desk of all nodes, on the oldest of those that have its role.
public record ClusterDesk(ActorSystem<?> system, ActorRef<DeskActor.Command> desk) implements Desk {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /// For a node that is alone.
  ///
  /// @param desk a `DeskActor`
  public static ClusterDesk own(ActorSystem<?> system, ActorRef<DeskActor.Command> desk) {
    return new ClusterDesk(system, desk);
  }

  /// Hosts it where this node has the role, and reaches it where not.
  public static ClusterDesk of(ActorSystem<?> system, String role, InstantSource clock) {
    var singleton =
        SingletonActor.of(DeskActor.create(clock), "model-desk")
            .withSettings(ClusterSingletonSettings.create(system).withRole(role));
    return new ClusterDesk(system, ClusterSingleton.get(system).init(singleton));
  }

  @Override
  public CompletionStage<Grant> reserve(Wish wish) {
    return AskPattern.ask(
        desk, replyTo -> new DeskActor.Reserve(wish, replyTo), ANSWER_MAX, system.scheduler());
  }

  @Override
  public void settle(String provider, long permit, Outcome outcome) {
    desk.tell(new DeskActor.Settle(provider, permit, outcome));
  }

  @Override
  public CompletionStage<Report> report() {
    return AskPattern.ask(desk, DeskActor.Describe::new, ANSWER_MAX, system.scheduler());
  }
}
