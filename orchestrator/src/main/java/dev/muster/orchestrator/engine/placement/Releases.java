package dev.muster.orchestrator.engine.placement;

import dev.muster.protocol.worker.ReleaseShards;
import dev.muster.protocol.worker.ReleaseShards.Released;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// Asks nodes to let shards go.
///
/// @param nodes whom to ask, by the address of the node
record Releases(ActorSystem<?> system, Map<String, ActorRef<ReleaseShards>> nodes) {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  /// Those of the shards that may move now. A node that does not answer keeps its own.
  ///
  /// @param shards by the address of their node
  CompletableFuture<Set<String>> ask(Map<String, List<String>> shards) {
    var answers = shards.entrySet().stream().map(it -> ask(it.getKey(), it.getValue())).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          var released = new HashSet<String>();
          answers.stream().map(CompletableFuture::join).forEach(released::addAll);
          return released;
        });
  }

  private CompletableFuture<Collection<String>> ask(String address, List<String> shards) {
    var node = nodes.get(address);
    if (node == null) return CompletableFuture.completedFuture(List.of());
    return AskPattern.<ReleaseShards, Released>ask(
            node, replyTo -> new ReleaseShards(shards, replyTo), ANSWER_WITHIN, system.scheduler())
        .<Collection<String>>thenApply(Released::shards)
        .exceptionally(_ -> List.of())
        .toCompletableFuture();
  }
}
