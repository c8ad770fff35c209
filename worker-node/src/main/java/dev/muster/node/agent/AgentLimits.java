package dev.muster.node.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much an agent may use, and what happens when there is nothing left to use.
///
/// @param turnsMax answers of models, for a worker in all its attempts
/// @param tokensMax read and written, likewise; null for no limit
/// @param costMicrosMax in millionths of a dollar, likewise; null for no limit
/// @param timeMax of models and tools together, likewise; null for no limit but the file's own
/// @param repairsMax how often one attempt is told what its tests said
/// @param waits whether a worker waits when every model is used up; else the attempt fails
/// @param asks whether an operator is asked for as much again at a limit; else the worker fails
/// @param sessions what it may talk beside its conversation
/// @param stalls when it makes no progress
public record AgentLimits(
    int turnsMax,
    @Nullable Long tokensMax,
    @Nullable Long costMicrosMax,
    @Nullable Duration timeMax,
    int repairsMax,
    boolean waits,
    boolean asks,
    SessionLimits sessions,
    StallLimits stalls) {
  public static final AgentLimits STANDARD = new AgentLimits(100, null, null, null, 3, true);

  public AgentLimits {
    if (turnsMax < 1) throw new IllegalArgumentException("turnsMax: " + turnsMax);
    if (repairsMax < 0) throw new IllegalArgumentException("repairsMax: " + repairsMax);
  }

  /// With the usual sessions and stalls.
  public AgentLimits(
      int turnsMax,
      @Nullable Long tokensMax,
      @Nullable Long costMicrosMax,
      @Nullable Duration timeMax,
      int repairsMax,
      boolean waits,
      boolean asks) {
    this(
        turnsMax,
        tokensMax,
        costMicrosMax,
        timeMax,
        repairsMax,
        waits,
        asks,
        SessionLimits.STANDARD,
        StallLimits.STANDARD);
  }

  /// Of those who are not asked.
  public AgentLimits(
      int turnsMax,
      @Nullable Long tokensMax,
      @Nullable Long costMicrosMax,
      @Nullable Duration timeMax,
      int repairsMax,
      boolean waits) {
    this(turnsMax, tokensMax, costMicrosMax, timeMax, repairsMax, waits, false);
  }

  AgentLimits neverAsking() {
    return new AgentLimits(
        turnsMax, tokensMax, costMicrosMax, timeMax, repairsMax, waits, false, sessions, stalls);
  }

  /// Why one more call may not begin, in words with figures; null when it may. What it may use at
  /// most counts as used before it begins, so that nothing is overshot.
  ///
  /// @param tokens that it may use
  /// @param costMicros that it may cost
  public @Nullable String refusal(Spend spend, long tokens, long costMicros) {
    var times = 1 + spend.raised();
    if (spend.turns() >= (long) turnsMax * times) {
      return "its %d turns are used up".formatted((long) turnsMax * times);
    }
    if (tokensMax != null && spend.tokens() + tokens > tokensMax * times) {
      return "of its %d tokens it has used %d, and one more turn may use %d"
          .formatted(tokensMax * times, spend.tokens(), tokens);
    }
    if (costMicrosMax != null && spend.costMicros() + costMicros > costMicrosMax * times) {
      return "of its %s it has spent %s, and one more turn may cost %s"
          .formatted(
              dollars(costMicrosMax * times), dollars(spend.costMicros()), dollars(costMicros));
    }
    if (timeMax != null && spend.millis() >= timeMax.toMillis() * times) {
      return "its %d s of models and tools are used up".formatted(timeMax.toSeconds() * times);
    }
    return null;
  }

  static String dollars(long micros) {
    return "$%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
  }
}
