package dev.muster.node.agent;

import dev.muster.node.models.Message;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Entry.Aside;
import dev.muster.protocol.agent.Entry.Session;
import dev.muster.protocol.agent.Entry.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent talks about with models beside its conversation. All of it stands in that
/// conversation, and so comes and goes with it. Pure.
public record Sessions(Conversation conversation, SessionLimits limits) {
  /// @param messages that were answered
  /// @param last when anything happened in it
  public record Open(Session session, int messages, Instant last) {
    Open after(Instant at) {
      return new Open(session, messages + 1, at);
    }
  }

  /// By the order in which they were opened.
  public List<Open> open(Instant now) {
    var all = new LinkedHashMap<String, Open>();
    for (var link : conversation.links()) {
      switch (link.entry()) {
        case Session it when it.open() -> all.put(it.session(), new Open(it, 0, it.at()));
        case Session it -> all.remove(it.session());
        case Aside it -> all.computeIfPresent(it.session(), (_, open) -> open.after(it.at()));
        case Entry _ -> {}
      }
    }
    return all.values().stream()
        .filter(it -> now.isBefore(it.last().plus(limits.idleMax())))
        .toList();
  }

  /// Null when there is none of that name, or it is closed.
  public @Nullable Open find(String name, Instant now) {
    return open(now).stream()
        .filter(it -> it.session().session().equals(name))
        .findFirst()
        .orElse(null);
  }

  /// No name is used twice in a conversation.
  public String nextName() {
    var opened =
        conversation.links().stream()
            .filter(it -> it.entry() instanceof Session session && session.open())
            .count();
    return "s" + (opened + 1);
  }

  /// What a call of the last turn has come to already, when its node ended before it was told.
  public @Nullable Entry kept(Entry.Call call) {
    for (var link : conversation.links().reversed()) {
      switch (link.entry()) {
        case Turn _ -> {
          return null;
        }
        case Session it when it.callId().equals(call.id()) -> {
          return it;
        }
        case Aside it when it.callId().equals(call.id()) -> {
          return it;
        }
        case Entry _ -> {}
      }
    }
    return null;
  }

  /// What a model is asked: all that was said in the session before, and nothing else.
  ///
  /// @param said now
  public ModelRequest request(String session, String system, String said) {
    var messages = new ArrayList<Message>();
    for (var link : conversation.links()) {
      if (!(link.entry() instanceof Aside it) || !it.session().equals(session)) continue;
      messages.add(new Message.User(it.said()));
      var text = it.answer().text();
      messages.add(new Message.Assistant(text.isBlank() ? "(nothing)" : text, List.of()));
    }
    messages.add(new Message.User(said));
    return new ModelRequest(system, messages, List.of(), null, ModelLimits.STANDARD);
  }
}
