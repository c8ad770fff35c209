package dev.muster.node.tools;

import org.jspecify.annotations.Nullable;

/// What an agent wants of the sessions that it has with models of its own.
public sealed interface SessionRequest {
  /// @param role of the run's setup, whose text and profile it takes; null for none
  /// @param profile of the model; null for that of the role, or the agent's own
  record Create(String instructions, @Nullable String role, @Nullable String profile)
      implements SessionRequest {}

  record Message(String session, String text) implements SessionRequest {}

  record All() implements SessionRequest {}

  record Close(String session) implements SessionRequest {}
}
