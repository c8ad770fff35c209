package dev.muster.node.agent;

import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;

/// What comes next in a conversation.
public sealed interface Next {
  /// The model is asked.
  record Ask(ModelRequest request) implements Next {}

  /// The model has called a tool.
  record Call(Entry.Call call) implements Next {}

  /// A call was begun, and nobody here knows how far it came.
  ///
  /// @param ordinal of its intent
  record TakeUp(Entry.Call call, Entry.Intent intent, int ordinal) implements Next {}

  /// Something is added that asks nobody and changes nothing.
  record Add(Entry entry) implements Next {}

  /// Nothing leads on from here.
  record End(String reason) implements Next {}
}
