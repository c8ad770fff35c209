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
  /// @param byModel by `provider/model`
  public static Map<String, ModelUse> with(Map<String, ModelUse> byModel, AgentStep.Use turn) {
    var cost = turn.costMicros();
    var one =
        new ModelUse(
            1, turn.tokensIn(), turn.tokensOut(), cost == null ? 0 : cost, cost == null ? 1 : 0);
    var more = new TreeMap<>(byModel);
    more.merge(turn.provider() + "/" + turn.model(), one, ModelUse::and);
    return more;
  }

  ModelUse and(ModelUse other) {
    return new ModelUse(
        turns + other.turns,
        tokensIn + other.tokensIn,
        tokensOut + other.tokensOut,
        costMicros + other.costMicros,
        unpriced + other.unpriced);
  }
}
