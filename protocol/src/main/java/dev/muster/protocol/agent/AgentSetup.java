package dev.muster.protocol.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agents of a run work by, as it was when the run was created; stored by its digest.
///
/// @param template of the prompt, see [PromptTemplate]
/// @param roles by name
/// @param replay the tape that answers in place of any model; null when models are asked
public record AgentSetup(String template, List<Role> roles, @Nullable Replay replay) {
  public AgentSetup {
    roles = List.copyOf(roles);
  }

  /// @param cassette digest by which it is stored
  /// @param label what it says of itself
  public record Replay(String cassette, String label) {}

  /// Null when there is none of that name.
  public @Nullable Role role(@Nullable String name) {
    if (name == null) return null;
    return roles.stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst().orElse(null);
  }
}
