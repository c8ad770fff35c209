package dev.muster.node.models;

import java.util.List;

/// One part of a conversation, in order.
public sealed interface Message {
  record User(String text) implements Message {}

  /// What the model said earlier.
  record Assistant(String text, List<ToolCall> calls) implements Message {
    public Assistant {
      calls = List.copyOf(calls);
    }
  }

  /// What came of a call of the assistant before it.
  ///
  /// @param failed tells the model so, where its protocol can
  record ToolResult(String callId, String tool, String text, boolean failed) implements Message {}
}
