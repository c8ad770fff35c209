package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.util.List;

/// Somebody wants to call a model.
///
/// @param candidates in the order of preference
/// @param rotates whether they take turns
/// @param tokens that the call may use, about
public record Wish(String profile, List<Candidate> candidates, boolean rotates, long tokens)
    implements CborSerializable {
  public Wish {
    if (candidates.isEmpty()) throw new IllegalArgumentException("nobody to ask");
    candidates = List.copyOf(candidates);
  }

  /// @param limits as the node that asks has them
  public record Candidate(String provider, String model, RateLimits limits)
      implements CborSerializable {}
}
