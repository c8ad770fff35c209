package dev.muster.cli.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The language models that a node can reach.
///
/// @param missing what to set where there is none; null when there is one
/// @param problem why there are no counts; null when there are
public record ModelsView(
    @Nullable String missing,
    @Nullable Instant since,
    @Nullable String problem,
    List<Provider> providers,
    List<Profile> profiles) {
  /// @param requestsPerMinute 0 for no limit
  /// @param tokensPerMinute 0 for no limit
  public record Provider(
      String name,
      String kind,
      String url,
      String key,
      String breaker,
      @Nullable String lastFailure,
      @Nullable Instant blockedUntil,
      long requests,
      long successes,
      long failures,
      long cancelled,
      long inFlight,
      int inFlightMax,
      long latencyP50Millis,
      long latencyP95Millis,
      long latencyP99Millis,
      long tokensIn,
      long tokensOut,
      long tokensCached,
      double costDollars,
      long unpriced,
      long requestsInWindow,
      int requestsPerMinute,
      long tokensInWindow,
      long tokensPerMinute,
      @Nullable Double availableTokens) {}

  /// @param temperature null for the provider's own
  public record Profile(
      String name,
      List<String> targets,
      String order,
      @Nullable Double temperature,
      int tokensMax,
      List<String> suits) {}
}
