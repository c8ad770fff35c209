package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody wants to call a model.
///
/// @param candidates in the order of preference
/// @param rotates whether they take turns
/// @param tokens that the call may use, about
/// @param ticket by which who wishes again keeps its place in the line; null for who stands in none
/// @param asker whose conversation it is for; null when that is not said
public record Wish(
    String profile,
    List<Candidate> candidates,
    boolean rotates,
    long tokens,
    @Nullable String ticket,
    @Nullable String asker)
    implements CborSerializable {
  public Wish {
    if (candidates.isEmpty()) throw new IllegalArgumentException("nobody to ask");
    candidates = List.copyOf(candidates);
  }

  /// Of one that stands in no line, for whoever.
  public Wish(String profile, List<Candidate> candidates, boolean rotates, long tokens) {
    this(profile, candidates, rotates, tokens, null, null);
  }

  /// Limits and rules are as the node that asks has them.
  ///
  /// @param endpoint that it lies behind; null when it lies behind none
  public record Candidate(
      String provider,
      String model,
      RateLimits limits,
      @Nullable Endpoint endpoint,
      Breaking breaking)
      implements CborSerializable {
    public Candidate {
      breaking = breaking == null ? Breaking.STANDARD : breaking; // older nodes say nothing
    }

    /// One behind no endpoint, with the usual breaker.
    public Candidate(String provider, String model, RateLimits limits) {
      this(provider, model, limits, null, Breaking.STANDARD);
    }
  }
}
