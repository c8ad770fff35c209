package dev.muster.node.executor;

import dev.muster.node.agent.Agents;
import dev.muster.node.agent.Briefing;
import dev.muster.node.agent.Next;
import dev.muster.node.agent.Words;
import dev.muster.node.executor.AgentTurn.Asked;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of an attempt that an agent carries out: whatever its conversation says comes next,
/// until the runtime's own tests have passed or something ends it.
record AgentCourse(
    AttemptSetting setting,
    Agents agents,
    AgentTrail trail,
    AgentTurn turn,
    AgentHands hands,
    String text) {
  /// @param notes why the conversation so far cannot be gone on with
  AttemptReport run(List<String> notes) throws IOException, InterruptedException, SilentException {
    begin(notes);
    try {
      return go();
    } finally {
      turn.shares().settle(trail.progress());
    }
  }

  private AttemptReport go() throws IOException, InterruptedException, SilentException {
    while (true) {
      if (Thread.interrupted()) throw new InterruptedException("stopped between two steps");
      var conversation = trail.conversation();
      setting.steps().ranAtLeast(Duration.ofMillis(conversation.millis()));
      var end =
          take(conversation.next(Agents.questionMax(turn.profiles()), agents.limits().stalls()));
      if (end != null) return end;
    }
  }

  private void begin(List<String> notes) throws IOException, InterruptedException {
    var gone = notes.isEmpty() ? trail.takeUp() : notes.getFirst();
    if (gone != null) {
      setting.log().say("begins a new conversation: " + gone);
      trail.forget();
    }
    if (!trail.isEmpty()) {
      setting.log().say("goes on after step " + (trail.nextOrdinal() - 1));
      return;
    }
    var request = setting.request();
    var words =
        agents
            .briefing()
            .brief(
                new Briefing.Matter(
                    setting.instruction(),
                    text,
                    request.assignment().inputs(),
                    request.lastFailure()));
    var lessons = agents.briefing().learns() ? hands.shared().lessons() : null;
    trail.add(Words.begun(words, agents.specs()).withLessons(lessons), false);
  }

  private @Nullable AttemptReport take(Next next)
      throws IOException, InterruptedException, SilentException {
    return switch (next) {
      case Next.Ask(var request) -> hear() ? null : ask(request);
      case Next.Call(var call) -> hands.call(call);
      case Next.TakeUp(var call, var intent, var ordinal) -> hands.takeUp(call, intent, ordinal);
      case Next.Add(var entry) -> {
        trail.add(entry, false);
        yield null;
      }
      case Next.End(var reason) -> new Unsuccessful(reason, true, null);
    };
  }

  /// What others have said to this worker since it was last asked.
  private boolean hear() throws IOException, InterruptedException {
    if (!agents.hearsOthers()) return false;
    var told = hands.shared().news(trail.conversation().heardUpTo());
    if (told.number() == null) return false;
    trail.add(new Entry.Heard(told.text(), told.number()), false);
    return true;
  }

  private @Nullable AttemptReport ask(ModelRequest request)
      throws IOException, InterruptedException, SilentException {
    return switch (turn.ask(request, trail.progress(), trail.nextOrdinal())) {
      case Asked.Answered(var answer) -> {
        trail.add(answer, false);
        turn.shares().settle(trail.progress());
        yield null;
      }
      case Asked.More(var raised) -> {
        trail.add(raised, false);
        yield null;
      }
      case Asked.TooLong() -> take(trail.conversation().tooLong());
      case Asked.Nobody(var why, var retryable) -> new Unsuccessful(why, retryable, null);
      case Asked.End(var report) -> report;
    };
  }
}
