package dev.muster.orchestrator.http;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// Asks the gates where the cluster has put them.
public final class ShardedGates implements Gates {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final ClusterSharding sharding;

  public ShardedGates(ClusterSharding sharding) {
    this.sharding = sharding;
  }

  @Override
  public CompletionStage<ApprovalView> request(
      OperationRequest operation, @Nullable Duration waitMax, People.Caller by) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, ApprovalCommand.OUTSIDE)
        .askWithStatus(
            replyTo -> new ApprovalCommand.Request(operation, waitMax, by, replyTo), ANSWER);
  }

  @Override
  public CompletionStage<ApprovalView> consume(String approval, String by) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, ApprovalCommand.OUTSIDE)
        .askWithStatus(replyTo -> new ApprovalCommand.Consume(approval, by, replyTo), ANSWER);
  }

  @Override
  public CompletionStage<ApprovalView> decide(
      String gate,
      String approval,
      Decision decision,
      People.Caller by,
      int people,
      String reason,
      @Nullable String digest) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, gate)
        .askWithStatus(
            replyTo ->
                new ApprovalCommand.Decide(approval, decision, by, people, reason, digest, replyTo),
            ANSWER);
  }
}
