package dev.muster.node.executor;

import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// The approval gate of a run, as an executor reaches it. Answers may get lost: a stage that fails
/// or never completes is asked again, so every call is repeatable.
public interface GateClient {
  /// @param run whose gate is asked
  /// @param claimant names the one life of this node's JVM; comes back in `Claimed.Unknown.node`
  CompletionStage<Claimed> claim(
      String run, OperationRequest operation, int attempt, String claimant);

  CompletionStage<Done> recordOutcome(String run, String approval, OperationOutcome outcome);

  CompletionStage<Done> restore(String run, String approval);

  /// @param operation as it stands now
  CompletionStage<Claimed> askAgain(String run, String approval, OperationRequest operation);
}
