package dev.muster.protocol.worker;

import org.jspecify.annotations.Nullable;

/// One step of an agent's conversation, as far as a journal has to know it: small figures, and the
/// digest by which the whole of it is found in the artifact store. What is found there names the
/// step before it, so that the newest step alone leads to all of them.
///
/// @param ordinal counts the steps of a worker from 1, through all its attempts
/// @param record SHA-256 of the step's text in the artifact store
/// @param tool that was called; null for what is no call
/// @param failed the model was told of a failure
/// @param millis how long it took, not counting what was waited for decisions
/// @param use what it cost; null for what asked no model
/// @param violation what the policy refused; null mostly
/// @param left the workspace after it; null when the step left it as it was
public record AgentStep(
    int ordinal,
    Kind kind,
    String record,
    @Nullable String tool,
    boolean failed,
    long millis,
    @Nullable Use use,
    @Nullable Violated violation,
    @Nullable Frozen left) {
  public AgentStep {
    if (ordinal < 1) throw new IllegalArgumentException("ordinal is " + ordinal);
  }

  public enum Kind {
    /// The conversation begins with what the agent is told first.
    BEGUN,
    /// A model has answered.
    TURN,
    /// A call is about to be carried out.
    INTENT,
    /// What came of a call.
    OUTCOME,
    /// What the runtime's own tests said.
    REPAIR,
    /// The beginning of the conversation was shortened.
    SUMMARY,
    /// The agent was told that it makes no progress.
    NUDGE,
    /// Other workers have said something to it.
    HEARD,
    /// Somebody let the agent use as much again as its limits allow.
    RAISED,
    /// A session of the agent's own was opened or closed.
    SESSION,
    /// A model has answered something beside the conversation.
    ASIDE
  }

  /// @param costMicros in millionths of a dollar; null when the price is not known
  public record Use(
      String profile,
      String provider,
      String model,
      long tokensIn,
      long tokensOut,
      @Nullable Long costMicros) {}

  /// @param kind as the security audit knows it, in lower case
  /// @param rule what forbids it
  /// @param what was wished
  public record Violated(String kind, String rule, String what) {}
}
