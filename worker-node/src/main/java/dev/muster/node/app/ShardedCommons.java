package dev.muster.node.app;

import dev.muster.node.executor.CommonsClient;
import dev.muster.protocol.commons.CommonsCommand;
import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsRequest;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// What the workers of a run share, wherever in the cluster it lives.
public record ShardedCommons(ClusterSharding sharding) implements CommonsClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  @Override
  public CompletionStage<Told> act(String run, String worker, int ordinal, CommonsRequest request) {
    var id = CommonsCommand.entityId(run, worker, request);
    return sharding
        .entityRefFor(CommonsCommand.TYPE_KEY, id)
        .ask(replyTo -> new CommonsCommand.Act(worker, ordinal, request, replyTo), ANSWER_WITHIN);
  }
}
