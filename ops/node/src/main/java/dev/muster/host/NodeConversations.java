package dev.muster.host;

import dev.muster.node.agent.Conversation;
import dev.muster.node.agent.SessionLimits;
import dev.muster.node.agent.Sessions;
import dev.muster.node.gateway.OutsideQuestion;
import dev.muster.node.models.Message;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.RequestDigest;
import dev.muster.node.models.ToolSpec;
import dev.muster.orchestrator.usecase.Conversations;
import dev.muster.protocol.agent.Cassette.Exchange;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Link;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.view.ConversationStep.Said;
import dev.muster.protocol.view.ConversationStep.ToolUse;
import dev.muster.protocol.view.ModelQuestion;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the conversations that workers have left in the artifact store, for the API.
record NodeConversations(Artifacts artifacts) implements Conversations {
  private static final int LINK_BYTES_MAX = 8 << 20;

  /// No conversation has as many.
  private static final int LINKS_MAX = 20_000;

  @Override
  public @Nullable Said said(String record) {
    try {
      return said(link(record).entry());
    } catch (IOException | UncheckedIOException _) {
      return null;
    }
  }

  @Override
  public @Nullable ModelQuestion asked(String record) {
    try {
      if (link(record).entry() instanceof Entry.Turn turn && turn.asked() != null) {
        var asked = OutsideQuestion.of(turn.asked(), turn.request());
        return asked == null ? null : question(asked);
      }
      var links = upTo(record);
      if (links.size() > 1 && links.getLast().entry() instanceof Entry.Aside aside) {
        // What is asked is the same, however long a session may lie idle.
        var before =
            new Sessions(
                new Conversation(links.subList(0, links.size() - 1)), SessionLimits.STANDARD);
        return question(before.request(aside.session(), aside.system(), aside.said()));
      }
      return links.size() < 2
          ? null
          : question(new Conversation(links.subList(0, links.size() - 1)).request());
    } catch (IOException | UncheckedIOException _) {
      return null;
    }
  }

  @Override
  public List<Exchange> exchanges(String worker, String record) {
    try {
      var exchanges = new ArrayList<Exchange>();
      var links = upTo(record);
      for (var at = 1; at < links.size(); at++) {
        var entry = links.get(at).entry();
        var turn = entry.answered();
        if (turn == null) continue;
        var request =
            entry instanceof Entry.Aside
                ? turn.request()
                : request(new Conversation(links.subList(0, at)), turn);
        var exchange = exchange(worker, exchanges.size() + 1, request, turn);
        if (exchange != null) exchanges.add(exchange);
      }
      return exchanges;
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }

  private Link link(String record) throws IOException {
    var bytes = artifacts.read(record, 0, LINK_BYTES_MAX);
    if (!Sha256.of(bytes).equals(record)) throw new IOException("not what it was: " + record);
    return EventCodec.decode(bytes, Link.class);
  }

  private List<Link> upTo(String head) throws IOException {
    var links = new ArrayDeque<Link>();
    for (@Nullable String next = head; next != null; next = links.getFirst().before()) {
      if (links.size() == LINKS_MAX) throw new IOException("the conversation has no beginning");
      links.addFirst(link(next));
    }
    return List.copyOf(links);
  }

  private static Said said(Entry entry) {
    return switch (entry) {
      case Entry.Begun begun -> new Said(begun.user(), List.of());
      case Entry.Turn turn -> new Said(turn.text(), uses(turn.calls()));
      case Entry.Intent _ -> new Said("", List.of());
      case Entry.Outcome outcome -> new Said(outcome.text(), List.of());
      case Entry.Repair repair -> new Said(repair.text(), List.of());
      case Entry.Summary summary -> new Said(summary.text(), List.of());
      case Entry.Nudge nudge -> new Said(nudge.text(), List.of());
      case Entry.Heard heard -> new Said(heard.text(), List.of());
      case Entry.Raised raised ->
          new Said(raised.by() + " lets it use as much again: " + raised.limit(), List.of());
      case Entry.Session it when it.open() ->
          new Said("opened %s\n%s".formatted(it.session(), it.system()), List.of());
      case Entry.Session it -> new Said("closed " + it.session(), List.of());
      case Entry.Aside it ->
          new Said(
              "%s is told:\n%s\nand says:\n%s"
                  .formatted(it.session(), it.said(), it.answer().text()),
              List.of());
    };
  }

  private static List<ToolUse> uses(List<Entry.Call> calls) {
    return calls.stream().map(it -> new ToolUse(it.name(), it.arguments())).toList();
  }

  private static ModelQuestion question(ModelRequest request) {
    return new ModelQuestion(
        RequestDigest.of(request),
        request.system(),
        request.tools().stream().map(ToolSpec::name).toList(),
        request.messages().stream().map(NodeConversations::message).toList());
  }

  private static ModelQuestion.Message message(Message message) {
    return switch (message) {
      case Message.User(var text) ->
          new ModelQuestion.Message("user", null, false, text, List.of());
      case Message.Assistant(var text, var calls) ->
          new ModelQuestion.Message(
              "assistant",
              null,
              false,
              text,
              calls.stream().map(it -> new ToolUse(it.name(), it.arguments())).toList());
      case Message.ToolResult(_, var tool, var text, var failed) ->
          new ModelQuestion.Message("tool", tool, failed, text, List.of());
    };
  }

  /// A tape is asked without what others had learned when it was recorded.
  private static @Nullable String request(Conversation before, Entry.Turn answer) {
    return before.begun().lessons() == null
        ? answer.request()
        : RequestDigest.of(before.withoutLessons().request());
  }

  private static @Nullable Exchange exchange(
      String worker, int turn, @Nullable String request, Entry.Turn answer) {
    return request == null
        ? null
        : new Exchange(
            request,
            worker,
            turn,
            answer.model(),
            answer.text(),
            answer.calls(),
            answer.cut(),
            answer.tokensIn(),
            answer.tokensOut(),
            answer.tokensCached());
  }
}
