package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.view.UserView;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody with a password.
///
/// @param workforce the only one they may see and touch; null for all
/// @param disabledAt null while they may come in
public record User(
    String name,
    Set<Role> roles,
    @Nullable String workforce,
    Instant createdAt,
    String createdBy,
    @Nullable Instant disabledAt) {
  public User {
    roles = Set.copyOf(roles);
  }

  public Principal principal() {
    return new Principal(name, Principal.Kind.USER, name, roles, workforce);
  }

  public UserView view() {
    return new UserView(name, Role.words(roles), workforce, createdAt, createdBy, disabledAt);
  }
}
