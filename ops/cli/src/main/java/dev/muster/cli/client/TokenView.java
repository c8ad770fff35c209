package dev.muster.cli.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a token.
public record TokenView(
    String id,
    String name,
    String person,
    List<String> roles,
    @Nullable String workforce,
    @Nullable Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {
  public TokenView {
    roles = roles == null ? List.of() : List.copyOf(roles);
  }

  public String standing(Instant now) {
    if (revokedAt != null) return "REVOKED";
    return expiresAt.isAfter(now) ? "GOOD" : "EXPIRED";
  }
}
