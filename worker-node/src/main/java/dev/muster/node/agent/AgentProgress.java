package dev.muster.node.agent;

import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.Frozen;
import org.jspecify.annotations.Nullable;

/// How far the agent of a worker has come. However long its conversation is, this is all that its
/// worker has to remember. Pure.
///
/// @param head the newest step of the conversation that goes on; null when the next attempt begins
///   a new one
/// @param ordinal of the newest step ever; what a gate was asked is told apart by it
/// @param left the workspace as the conversation left it; null when it has changed nothing
/// @param spend since the worker was last opened
/// @param total in all its life
/// @param spawned it has asked for sub-workers, which use of its share
public record AgentProgress(
    @Nullable String head,
    int ordinal,
    @Nullable Frozen left,
    Spend spend,
    Spend total,
    boolean spawned) {
  private static final String SPAWN = "spawn";

  public static final AgentProgress NONE =
      new AgentProgress(null, 0, null, Spend.NONE, Spend.NONE, false);

  public AgentProgress after(AgentStep step) {
    return new AgentProgress(
        step.record(),
        step.ordinal(),
        step.left() == null ? left : step.left(),
        spend.after(step),
        total.after(step),
        spawned || SPAWN.equals(step.tool()));
  }

  /// The next attempt begins a new conversation.
  public AgentProgress anew() {
    return new AgentProgress(null, ordinal, null, spend, total, spawned);
  }

  /// So does the next one, and somebody has mended something: it may spend as much again.
  public AgentProgress reopened() {
    return new AgentProgress(null, ordinal, null, Spend.NONE, total, spawned);
  }
}
