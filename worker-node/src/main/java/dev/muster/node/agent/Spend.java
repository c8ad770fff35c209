package dev.muster.node.agent;

import dev.muster.protocol.worker.AgentStep;

/// What an agent has used, through all attempts since its worker was last opened. Pure.
///
/// @param costMicros in millionths of a dollar, of what has a known price
/// @param raised how often somebody let it use as much again
public record Spend(int turns, long tokens, long costMicros, long millis, int raised) {
  public static final Spend NONE = new Spend(0, 0, 0, 0, 0);

  /// Of one whose limits nobody raised.
  public Spend(int turns, long tokens, long costMicros, long millis) {
    this(turns, tokens, costMicros, millis, 0);
  }

  Spend after(AgentStep step) {
    var use = step.use();
    var more = raised + (step.kind() == AgentStep.Kind.RAISED ? 1 : 0);
    if (use == null) return new Spend(turns, tokens, costMicros, millis + step.millis(), more);
    var cost = use.costMicros();
    return new Spend(
        turns + 1,
        tokens + use.tokensIn() + use.tokensOut(),
        costMicros + (cost == null ? 0 : cost),
        millis + step.millis(),
        more);
  }
}
