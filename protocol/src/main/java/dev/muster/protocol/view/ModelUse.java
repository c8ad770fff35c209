package dev.muster.protocol.view;

import dev.muster.protocol.worker.AgentStep;
import java.util.Map;
import java.util.TreeMap;

/// What one model was asked, and what it cost.
///
/// @param turns it answered
/// @param costMicros in millionths of a dollar, of what has a known price
/// @param unpriced turns whose price is not known
public record ModelUse(int turns, long tokensIn, long tokensOut, long costMicros, int unpriced) {
  public static final ModelUse NONE = new ModelUse(0, 0, 0, 0, 0);

  /// @param by what each has a name for
  public static Map<String, ModelUse> with(
      Map<String, ModelUse> by, String name, AgentStep.Use turn) {
    var cost = turn.costMicros();
    var one =
        new ModelUse(
            1, turn.tokensIn(), turn.tokensOut(), cost == null ? 0 : cost, cost == null ? 1 : 0);
    var more = new TreeMap<>(by);
    more.merge(name, one, ModelUse::and);
    return more;
  }

  /// @param times 1 to add it, -1 to take it out again
  public ModelUse times(int times) {
    return new ModelUse(
        times * turns, times * tokensIn, times * tokensOut, times * costMicros, times * unpriced);
  }

  public ModelUse and(ModelUse other) {
    return new ModelUse(
        turns + other.turns,
        tokensIn + other.tokensIn,
        tokensOut + other.tokensOut,
        costMicros + other.costMicros,
        unpriced + other.unpriced);
  }
}
