package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a token.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TokenView(
    String id,
    String name,
    String person,
    List<String> roles,
    @Nullable String workforce,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {
  public TokenView {
    roles = List.copyOf(roles);
  }

  public String standing(Instant now) {
    if (revokedAt != null) return "REVOKED";
    return expiresAt.isAfter(now) ? "GOOD" : "EXPIRED";
  }
}
