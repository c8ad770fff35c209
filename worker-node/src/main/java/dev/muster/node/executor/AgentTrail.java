package dev.muster.node.executor;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.agent.Chain;
import dev.muster.node.agent.Conversation;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Link;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.Artifacts.UnreachableException;
import dev.muster.protocol.worker.AttemptReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversation of one attempt as it becomes longer: each step is kept, with the workspace that
/// it left, and is in the worker's journal before the next one begins.
final class AgentTrail {
  private final AttemptSetting setting;
  private final Freezer freezer;
  private final Lifeline line;
  private final Chain chain;
  private final List<Link> links = new ArrayList<>();
  private AgentProgress progress;

  AgentTrail(AttemptSetting setting, Freezer freezer, Lifeline line) {
    this.setting = setting;
    this.freezer = freezer;
    this.line = line;
    this.chain = new Chain(setting.workplace().artifacts());
    this.progress = setting.request().agent();
  }

  /// Takes up what there is of a conversation.
  ///
  /// @return why it cannot be gone on with, in words; null when it can, or when there is none
  @Nullable String takeUp() throws IOException {
    var head = progress.head();
    if (head == null) return null;
    try {
      links.addAll(chain.upTo(head, setting.workspace()));
      return null;
    } catch (UnreachableException e) {
      throw e;
    } catch (IOException e) {
      return "its conversation so far is gone: " + e.getMessage();
    }
  }

  void forget() {
    progress = progress.anew();
    links.clear();
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  Conversation conversation() {
    return new Conversation(links);
  }

  AgentProgress progress() {
    return progress;
  }

  /// The newest mark of a call of the last turn that was begun; null when there is none. A model
  /// may give the calls of its next turn the same ids.
  @Nullable String markOf(String callId) {
    for (var link : links.reversed()) {
      if (link.entry() instanceof Entry.Turn) return null;
      if (link.entry() instanceof Entry.Intent intent
          && intent.callId().equals(callId)
          && intent.mark() != null) {
        return intent.mark();
      }
    }
    return null;
  }

  /// What the next step will be called.
  int nextOrdinal() {
    return progress.ordinal() + 1;
  }

  /// Returns when the step is in the journal.
  ///
  /// @param changed whether the workspace may be another now
  void add(Entry entry, boolean changed) throws IOException, InterruptedException {
    var ordinal = nextOrdinal();
    var left = changed ? freezer.now(ordinal) : null;
    var link = new Link(ordinal, progress.head(), entry);
    var record = chain.add(setting.workspace(), link);
    var step =
        new AgentStep(
            ordinal,
            entry.kind(),
            record,
            entry.calledTool(),
            failed(entry),
            entry.spentMillis(),
            use(entry),
            violated(entry),
            left);
    line.persist(new AttemptReport.Stepped(step));
    links.add(link);
    progress = progress.after(step);
    setting.log().say("step %d: %s".formatted(ordinal, sentence(entry)));
  }

  private static boolean failed(Entry entry) {
    return switch (entry) {
      case Entry.Outcome outcome -> outcome.failed();
      case Entry.Repair _ -> true;
      case Entry.Begun _,
          Entry.Turn _,
          Entry.Intent _,
          Entry.Summary _,
          Entry.Nudge _,
          Entry.Heard _,
          Entry.Raised _,
          Entry.Session _,
          Entry.Aside _ ->
          false;
    };
  }

  private static AgentStep.@Nullable Use use(Entry entry) {
    var turn = entry.answered();
    if (turn == null) return null;
    return new AgentStep.Use(
        turn.profile(),
        turn.provider(),
        turn.model(),
        turn.tokensIn(),
        turn.tokensOut(),
        turn.costMicros());
  }

  private static AgentStep.@Nullable Violated violated(Entry entry) {
    return entry instanceof Entry.Outcome outcome ? outcome.violation() : null;
  }

  private static String sentence(Entry entry) {
    return switch (entry) {
      case Entry.Begun _ -> "the conversation begins";
      case Entry.Turn turn ->
          "%s/%s answered with %d calls"
              .formatted(turn.provider(), turn.model(), turn.calls().size());
      case Entry.Intent intent ->
          intent.tool()
              + (intent.mark() == null ? " begins" : " begins as transaction " + intent.mark());
      case Entry.Outcome outcome ->
          "%s %s".formatted(outcome.tool(), outcome.failed() ? "failed" : "is done");
      case Entry.Repair repair -> "the tests failed, repair %d".formatted(repair.round());
      case Entry.Summary summary ->
          "everything up to step %d is shortened".formatted(summary.upTo());
      case Entry.Nudge _ -> "told that it makes no progress";
      case Entry.Heard heard -> "heard the room up to message " + heard.upTo();
      case Entry.Raised raised -> raised.by() + " lets it use as much again: " + raised.limit();
      case Entry.Session it ->
          "session %s is %s".formatted(it.session(), it.open() ? "open" : "closed");
      case Entry.Aside aside ->
          "%s/%s answered %s"
              .formatted(aside.answer().provider(), aside.answer().model(), aside.session());
    };
  }
}
