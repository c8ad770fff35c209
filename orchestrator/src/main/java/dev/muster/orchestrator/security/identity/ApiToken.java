package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.view.TokenView;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a token of the API; never the token itself.
///
/// @param person who made it, and acts through it
/// @param roles at most these, of what that person has at the time
/// @param revokedAt null while it counts
public record ApiToken(
    String id,
    String name,
    String person,
    Set<Role> roles,
    @Nullable String workforce,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {
  public ApiToken {
    roles = Set.copyOf(roles);
  }

  public TokenView view() {
    return new TokenView(
        id, name, person, Role.words(roles), workforce, createdAt, expiresAt, revokedAt);
  }
}
