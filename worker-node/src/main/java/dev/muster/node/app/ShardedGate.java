package dev.muster.node.app;

import dev.muster.node.executor.GateClient;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/// The gate of a run, wherever in the cluster it lives.
public record ShardedGate(ClusterSharding sharding) implements GateClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  @Override
  public CompletionStage<Claimed> claim(
      String run, OperationRequest operation, int attempt, String claimant) {
    return gate(run)
        .ask(
            replyTo -> new ApprovalCommand.Claim(operation, attempt, claimant, replyTo),
            ANSWER_WITHIN);
  }

  @Override
  public CompletionStage<Done> recordOutcome(
      String run, String approval, OperationOutcome outcome) {
    return gate(run)
        .ask(
            replyTo -> new ApprovalCommand.RecordOutcome(approval, outcome, replyTo),
            ANSWER_WITHIN);
  }

  @Override
  public CompletionStage<Done> restore(String run, String approval) {
    return gate(run).ask(replyTo -> new ApprovalCommand.Restore(approval, replyTo), ANSWER_WITHIN);
  }

  @Override
  public CompletionStage<Claimed> askAgain(
      String run, String approval, OperationRequest operation) {
    return gate(run)
        .ask(replyTo -> new ApprovalCommand.AskAgain(approval, operation, replyTo), ANSWER_WITHIN);
  }

  private EntityRef<ApprovalCommand> gate(String run) {
    return sharding.entityRefFor(ApprovalCommand.TYPE_KEY, run);
  }
}
