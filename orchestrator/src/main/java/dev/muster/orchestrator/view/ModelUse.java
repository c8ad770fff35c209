package dev.muster.orchestrator.view;

import dev.muster.protocol.worker.AgentStep;

/// What models were asked, and what it cost.
///
/// @param costMicros in millionths of a dollar, of what has a known price
/// @param unpriced turns whose price is not known
public record ModelUse(int turns, long tokensIn, long tokensOut, long costMicros, int unpriced) {
  public static final ModelUse NONE = new ModelUse(0, 0, 0, 0, 0);

  public ModelUse with(AgentStep.Use turn) {
    var cost = turn.costMicros();
    return new ModelUse(
        turns + 1,
        tokensIn + turn.tokensIn(),
        tokensOut + turn.tokensOut(),
        costMicros + (cost == null ? 0 : cost),
        unpriced + (cost == null ? 1 : 0));
  }
}
