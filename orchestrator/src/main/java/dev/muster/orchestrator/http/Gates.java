package dev.muster.orchestrator.http;

import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The approval gates, as the API needs them. A refusal fails the stage with
/// `StatusReply.ErrorMessage`, silence with a timeout.
public interface Gates {
  /// Asks the gate of outside callers.
  CompletionStage<ApprovalView> request(OperationRequest operation, @Nullable Duration waitMax);

  /// An outside caller uses up the approval it was given.
  CompletionStage<ApprovalView> consume(String approval, String by);

  /// @param digest what the operator has seen; null when it was not given
  CompletionStage<ApprovalView> decide(
      String gate,
      String approval,
      Decision decision,
      String by,
      String reason,
      @Nullable String digest);
}
