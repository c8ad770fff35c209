package dev.muster.node.gateway;

import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;

/// Asks a model in the name of an outside agent. When it returns an answer, that is in the journal.
@FunctionalInterface
public interface Exchange {
  /// @param body as the agent wrote it
  Reply ask(ModelRequest request, String body) throws InterruptedException;

  sealed interface Reply {
    record Answered(Entry.Turn turn) implements Reply {}

    /// The agent may ask for less.
    record TooLong(String why) implements Reply {}

    /// It has come to its end, and asks for nothing any more.
    record Over(String why) implements Reply {}
  }
}
