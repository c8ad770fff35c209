package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.orchestrator.security.identity.User;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody with a password.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserView(
    String name,
    List<String> roles,
    @Nullable String workforce,
    Instant createdAt,
    String createdBy,
    @Nullable Instant disabledAt) {
  public UserView {
    roles = List.copyOf(roles);
  }

  public static UserView of(User user) {
    return new UserView(
        user.name(),
        words(user.roles()),
        user.workforce(),
        user.createdAt(),
        user.createdBy(),
        user.disabledAt());
  }

  static List<String> words(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::word).toList();
  }
}
