package dev.muster.node.models.pool;

import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.Usage;
import dev.muster.protocol.CborSerializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of a call, as far as it concerns its provider.
///
/// @param retryAfter as the provider asks
/// @param costMicros in millionths of a dollar; null when the price is not known
public record Outcome(
    Result result,
    long latencyMillis,
    Usage usage,
    @Nullable Long costMicros,
    @Nullable Duration retryAfter,
    String words)
    implements CborSerializable {
  /// What it says of the provider.
  public enum Result {
    SUCCESS,
    /// Something is wrong with it.
    FAULT,
    LIMITED,
    QUOTA,
    /// It works, but not for this call.
    REFUSED,
    CANCELLED
  }

  /// What was used, and nothing of how it went.
  Outcome asUseAlone() {
    return new Outcome(Result.CANCELLED, latencyMillis, usage, costMicros, null, "");
  }

  static Outcome of(ModelFailure failure, long latencyMillis) {
    var retryAfter =
        switch (failure) {
          case ModelFailure.RateLimited limited -> limited.retryAfter();
          case ModelFailure.Quota quota -> quota.retryAfter();
          case ModelFailure.Unreachable unreachable -> unreachable.retryAfter();
          case ModelFailure.ContextOverflow _,
              ModelFailure.Auth _,
              ModelFailure.Rejected _,
              ModelFailure.BadAnswer _,
              ModelFailure.Cut _,
              ModelFailure.Cancelled _ ->
              null;
        };
    return new Outcome(
        result(failure), latencyMillis, Usage.UNTOLD, null, retryAfter, failure.sentence());
  }

  private static Result result(ModelFailure failure) {
    return switch (failure) {
      case ModelFailure.RateLimited _ -> Result.LIMITED;
      case ModelFailure.Quota _ -> Result.QUOTA;
      case ModelFailure.ContextOverflow _, ModelFailure.Rejected _ -> Result.REFUSED;
      case ModelFailure.Auth _,
          ModelFailure.Unreachable _,
          ModelFailure.BadAnswer _,
          ModelFailure.Cut _ ->
          Result.FAULT;
      case ModelFailure.Cancelled _ -> Result.CANCELLED;
    };
  }
}
