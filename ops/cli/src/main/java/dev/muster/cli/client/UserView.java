package dev.muster.cli.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody with a password.
public record UserView(
    String name,
    List<String> roles,
    @Nullable String workforce,
    @Nullable Instant createdAt,
    @Nullable String createdBy,
    @Nullable Instant disabledAt) {
  public UserView {
    roles = roles == null ? List.of() : List.copyOf(roles);
  }
}
