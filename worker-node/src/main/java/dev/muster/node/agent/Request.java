package dev.muster.node.agent;

import dev.muster.node.models.Message;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Entry.Begun;
import dev.muster.protocol.agent.Entry.Heard;
import dev.muster.protocol.agent.Entry.Intent;
import dev.muster.protocol.agent.Entry.Nudge;
import dev.muster.protocol.agent.Entry.Outcome;
import dev.muster.protocol.agent.Entry.Repair;
import dev.muster.protocol.agent.Entry.Summary;
import dev.muster.protocol.agent.Entry.Turn;
import java.util.ArrayList;
import java.util.List;

/// What a model is sent of a conversation: the same for the same steps, whoever sends it. Pure.
final class Request {
  private static final String NOBODY_READS =
      "Nobody reads along. Act by calling a tool; call finish when the work is done.";
  private static final String CUT =
      "Your answer was cut off at its greatest length. Do less at once. ";
  private static final String NOTHING = "(nothing)";

  private final Conversation conversation;
  private final List<Message> messages = new ArrayList<>();

  Request(Conversation conversation) {
    this.conversation = conversation;
  }

  /// Exactly what was or will be sent after the last step.
  ModelRequest make() {
    var begun = conversation.begun();
    var summary = conversation.lastSummary();
    var from = 0;
    user(begun.user());
    if (begun.lessons() != null) user(begun.lessons());
    if (summary != null && summary.entry() instanceof Summary(var text, var upTo)) {
      user(text);
      from = upTo;
    }
    for (var link : conversation.links()) {
      if (link.ordinal() > from) add(link.entry());
    }
    return new ModelRequest(
        begun.system(), messages, Words.specs(begun), null, ModelLimits.STANDARD);
  }

  private void add(Entry entry) {
    switch (entry) {
      case Turn turn -> {
        var silent = turn.text().isBlank() && turn.calls().isEmpty();
        messages.add(new Message.Assistant(silent ? NOTHING : turn.text(), Words.calls(turn)));
        if (turn.calls().isEmpty()) {
          user(turn.cut() ? CUT + NOBODY_READS : NOBODY_READS);
        }
      }
      case Outcome it ->
          messages.add(new Message.ToolResult(it.callId(), it.tool(), it.text(), it.failed()));
      case Repair it ->
          messages.add(new Message.ToolResult(it.callId(), it.tool(), it.text(), true));
      case Nudge nudge -> user(nudge.text());
      case Heard heard -> user(heard.text());
      case Begun _, Intent _, Summary _, Entry.Raised _, Entry.Session _, Entry.Aside _ -> {}
    }
  }

  /// Protocols want the sides to take turns.
  private void user(String text) {
    if (!messages.isEmpty() && messages.getLast() instanceof Message.User(var before)) {
      messages.set(messages.size() - 1, new Message.User(before + "\n\n" + text));
    } else {
      messages.add(new Message.User(text));
    }
  }
}
