package dev.muster.node.agent;

import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Entry.Begun;
import dev.muster.protocol.agent.Entry.Intent;
import dev.muster.protocol.agent.Entry.Nudge;
import dev.muster.protocol.agent.Entry.Outcome;
import dev.muster.protocol.agent.Entry.Repair;
import dev.muster.protocol.agent.Entry.Turn;
import dev.muster.protocol.agent.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything that was said and done so far, and what follows from it. Pure.
public record Conversation(List<Link> links) {
  public Conversation {
    links = List.copyOf(links);
    if (links.isEmpty() || !(links.getFirst().entry() instanceof Begun)) {
      throw new IllegalArgumentException("a conversation begins with what the agent is told");
    }
  }

  public Conversation with(Link link) {
    var more = new ArrayList<>(links);
    more.add(link);
    return new Conversation(more);
  }

  /// As it would be if nobody had learned anything before.
  public Conversation withoutLessons() {
    var all = new ArrayList<>(links);
    var first = links.getFirst();
    all.set(0, new Link(first.ordinal(), first.before(), begun().withLessons(null)));
    return new Conversation(all);
  }

  /// What comes next. Calls of one turn are carried out in their order; the model is asked again
  /// when all of them have an outcome.
  ///
  /// @param questionMax tokens; what is longer is shortened
  /// @param stalls when it makes no progress
  public Next next(long questionMax, StallLimits stalls) {
    var turn = lastTurn();
    if (turn < 0) return ask(questionMax);
    for (var call : ((Turn) links.get(turn).entry()).calls()) {
      if (isAnswered(call, turn)) continue;
      var begun = intentOf(call, turn);
      if (begun == null) return new Next.Call(call);
      return new Next.TakeUp(call, (Intent) begun.entry(), begun.ordinal());
    }
    var told = lastNudge();
    var stalled = Stall.of(acts(told), stalls);
    if (stalled == null) return ask(questionMax);
    return told < 0
        ? new Next.Add(new Nudge(words(stalled)))
        : new Next.End("it made no progress, was told so, and still made none: " + stalled);
  }

  private static String words(String stalled) {
    return "You make no progress: %s. Do something else: look at what the last outcome says, try another way, or call finish when the work is done. If it goes on like this, the attempt ends."
        .formatted(stalled);
  }

  /// What a model was or will be asked after the last step.
  public ModelRequest request() {
    return new Request(this).make();
  }

  private Next ask(long questionMax) {
    var request = request();
    if (request.tokensAbout() <= questionMax) return new Next.Ask(request);
    return shortened(questionMax);
  }

  /// What comes next when the model says that it is too long.
  public Next tooLong() {
    return shortened(new Request(this).make().tokensAbout() / 2);
  }

  private Next shortened(long tokensMax) {
    var summary = new Shortening(this).to(tokensMax);
    return summary == null
        ? new Next.End("its conversation does not fit the model's window, and cannot be shortened")
        : new Next.Add(summary);
  }

  public Begun begun() {
    return (Begun) links.getFirst().entry();
  }

  public int repairs() {
    return (int) links.stream().filter(it -> it.entry() instanceof Repair).count();
  }

  /// How long models and tools took, without what was waited for people.
  public long millis() {
    return links.stream().mapToLong(it -> it.entry().spentMillis()).sum();
  }

  /// The newest step that stands for those before it; null when nothing was shortened.
  @Nullable Link lastSummary() {
    for (var link : links.reversed()) {
      if (link.entry() instanceof Entry.Summary) return link;
    }
    return null;
  }

  /// Number of the last message of other workers that the agent was told; 0 for none.
  public long heardUpTo() {
    for (var link : links.reversed()) {
      if (link.entry() instanceof Entry.Heard heard) return heard.upTo();
    }
    return 0;
  }

  private int lastTurn() {
    for (var at = links.size() - 1; at >= 0; at--) {
      if (links.get(at).entry() instanceof Turn) return at;
    }
    return -1;
  }

  private int lastNudge() {
    for (var at = links.size() - 1; at >= 0; at--) {
      if (links.get(at).entry() instanceof Nudge) return at;
    }
    return -1;
  }

  private boolean isAnswered(Entry.Call call, int turn) {
    for (var link : links.subList(turn + 1, links.size())) {
      if (Objects.equals(answered(link.entry()), call.id())) return true;
    }
    return false;
  }

  private @Nullable Link intentOf(Entry.Call call, int turn) {
    for (var link : links.subList(turn + 1, links.size())) {
      if (link.entry() instanceof Intent intent && intent.callId().equals(call.id())) return link;
    }
    return null;
  }

  private static @Nullable String answered(Entry entry) {
    return switch (entry) {
      case Outcome outcome -> outcome.callId();
      case Repair repair -> repair.callId();
      case Begun _,
          Turn _,
          Intent _,
          Entry.Summary _,
          Nudge _,
          Entry.Heard _,
          Entry.Raised _,
          Entry.Session _,
          Entry.Aside _ ->
          null;
    };
  }

  /// What was done after a step, in order.
  private List<Stall.Act> acts(int after) {
    var acts = new ArrayList<Stall.Act>();
    List<Entry.Call> calls = List.of();
    for (var link : links.subList(after + 1, links.size())) {
      switch (link.entry()) {
        case Turn turn -> {
          calls = turn.calls();
          if (calls.isEmpty()) acts.add(new Stall.Act.Talk(turn.text().isBlank()));
        }
        // Whoever is interrupted again and again is not to blame for it.
        case Outcome it when it.text().equals(Words.OUTCOME_UNKNOWN) -> {}
        case Outcome it -> add(acts, calls, it.callId(), it.text(), it.failed());
        case Repair it -> add(acts, calls, it.callId(), it.text(), true);
        case Begun _,
            Intent _,
            Entry.Summary _,
            Nudge _,
            Entry.Heard _,
            Entry.Raised _,
            Entry.Session _,
            Entry.Aside _ -> {}
      }
    }
    return acts;
  }

  private static void add(
      List<Stall.Act> acts, List<Entry.Call> calls, String callId, String told, boolean failed) {
    for (var call : calls) {
      if (call.id().equals(callId)) acts.add(new Stall.Act.Done(call, told, failed));
    }
  }
}
