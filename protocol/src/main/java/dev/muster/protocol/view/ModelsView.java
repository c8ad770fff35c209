package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that were set up, and what came of calling them.
///
/// @param missing what to set where there is none; null when there is one
/// @param since when counting began; null while nobody who counts answers
/// @param problem why there are no counts; null when there are
/// @param endpoints addresses with limits of their own
/// @param run the newest run whose agents asked a model; null when none of the last has
/// @param used what that run asked, by model
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ModelsView(
    @Nullable String missing,
    @Nullable Instant since,
    @Nullable String problem,
    List<Provider> providers,
    List<Endpoint> endpoints,
    List<Profile> profiles,
    @Nullable String run,
    List<ModelSpend> used) {
  public ModelsView {
    used = used == null ? List.of() : List.copyOf(used);
    providers = List.copyOf(providers);
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints); // older nodes have none
    profiles = List.copyOf(profiles);
  }

  public ModelsView of(String run, List<ModelSpend> used) {
    return new ModelsView(missing, since, problem, providers, endpoints, profiles, run, used);
  }

  /// @param key where its key is, never what it is
  /// @param breaker closed, open or half-open
  /// @param lastFailure null when the last call succeeded
  /// @param blockedUntil as the provider asked; null when it did not
  /// @param unpriced successes that are not in `costDollars`, for want of a price
  /// @param requestsInWindow begun in the last minute, of `requestsPerMinute`; 0 for no limit
  /// @param tokensInWindow the same, in tokens
  /// @param availableTokens requests that may begin at once; null without a limit
  @JsonInclude(JsonInclude.Include.ALWAYS)
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

  /// @param providers that lie behind it and share its limits
  /// @param requestsInWindow begun in the last minute, of `requestsPerMinute`; 0 for no limit
  /// @param availableTokens requests that may begin at once; null without a limit
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Endpoint(
      String name,
      String url,
      List<String> providers,
      long inFlight,
      int inFlightMax,
      long requestsInWindow,
      int requestsPerMinute,
      long tokensInWindow,
      long tokensPerMinute,
      @Nullable Double availableTokens) {
    public Endpoint {
      providers = List.copyOf(providers);
    }
  }

  /// @param targets as provider/model, in order
  /// @param order priority or round-robin
  /// @param temperature null for the provider's own
  /// @param window tokens of question and answer together
  /// @param suits kinds of task
  /// @param tools words of a task's classification by which it is chosen first
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Profile(
      String name,
      List<String> targets,
      String order,
      @Nullable Double temperature,
      int tokensMax,
      int window,
      List<String> suits,
      List<String> tools) {
    public Profile {
      tools = List.copyOf(tools);
      targets = List.copyOf(targets);
      suits = List.copyOf(suits);
    }
  }
}
