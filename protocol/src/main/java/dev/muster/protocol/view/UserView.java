package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
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
}
