package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Bypasses;
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
  /// @param by whom the API has let in, and vouches for
  /// @param digest of what is decided
  CompletionStage<ApprovalView> decide(
      String gate,
      String approval,
      Decision decision,
      Principal by,
      int people,
      String reason,
      String digest);

  /// More time to decide.
  CompletionStage<ApprovalView> extend(
      String gate, String approval, Duration span, People.Caller by);

  /// Lets a kind of operation of a run pass for a while.
  ///
  /// @param span zero to end it
  /// @param by whom the API has let in, and vouches for
  CompletionStage<Bypasses> bypass(
      String run, String kind, Duration span, Principal by, String reason);

  CompletionStage<Bypasses> bypasses(String run);
}
