package dev.muster.node.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What several agents may use together. Null is no limit.
///
/// @param time of models and tools, all added up
public record Allowance(
    @Nullable Long turns,
    @Nullable Long tokens,
    @Nullable Long costMicros,
    @Nullable Duration time) {
  public static final Allowance NONE = new Allowance(null, null, null, null);

  public boolean isNone() {
    return equals(NONE);
  }

  /// What one more call would be too much for, with the limit; null when there is room for it. What
  /// is held counts as used.
  ///
  /// @param times how many times over the allowance was given
  /// @param used together, with what is held for the calls of others
  /// @param next what the call may use at most
  public @Nullable String refusal(long times, Spend used, Spend next) {
    if (turns != null && used.turns() + next.turns() > turns * times) {
      return "%d turns".formatted(turns * times);
    }
    if (tokens != null && used.tokens() + next.tokens() > tokens * times) {
      return "%d tokens".formatted(tokens * times);
    }
    if (costMicros != null && used.costMicros() + next.costMicros() > costMicros * times) {
      return AgentLimits.dollars(costMicros * times);
    }
    if (time != null && used.millis() >= time.toMillis() * times) {
      return "%d s of models and tools".formatted(time.toSeconds() * times);
    }
    return null;
  }
}
