package dev.muster.orchestrator.http;

import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The approval gates, as the API needs them. A refusal fails the stage with
/// `StatusReply.ErrorMessage`, silence with a timeout.
public interface Gates {
  /// Asks the gate of outside callers.
  CompletionStage<ApprovalView> request(
      OperationRequest operation, @Nullable Duration waitMax, People.Caller by);

  /// An outside caller uses up the approval it was given.
  CompletionStage<ApprovalView> consume(String approval, String by);

  /// @param people how many must approve
  /// @param digest what the operator has seen; null when it was not given
  CompletionStage<ApprovalView> decide(
      String gate,
      String approval,
      Decision decision,
      People.Caller by,
      int people,
      String reason,
      @Nullable String digest);
}
