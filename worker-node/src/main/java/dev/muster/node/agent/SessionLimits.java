package dev.muster.node.agent;

import java.time.Duration;

/// How much an agent may talk beside its conversation.
///
/// @param openMax sessions at once
/// @param idleMax whatever nobody has spoken in for so long is closed
/// @param answerMax how long an answer is waited for
public record SessionLimits(int openMax, Duration idleMax, Duration answerMax) {
  public static final SessionLimits STANDARD =
      new SessionLimits(8, Duration.ofMinutes(30), Duration.ofSeconds(60));
}
