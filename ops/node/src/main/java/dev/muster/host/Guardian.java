package dev.muster.host;

import dev.muster.orchestrator.api.exchange.Api;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// The root of a node's actors. It begins empty, since health is told before there is a database,
/// and without one nothing else can begin.
final class Guardian {
  /// @param parts spawns what the node consists of, and says what its API stands on, if it has one
  record Begin(
      Function<ActorContext<?>, @Nullable Api> parts, CompletableFuture<@Nullable Api> begun) {}

  static Behavior<Begin> create() {
    return Behaviors.receive((context, begin) -> {
      try {
        begin.begun().complete(begin.parts().apply(context));
      } catch (RuntimeException e) {
        begin.begun().completeExceptionally(e);
      }
      return Behaviors.same();
    });
  }

  private Guardian() {}
}
