package dev.muster.node.executor;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.agent.Agents;
import dev.muster.node.agent.Spend;
import dev.muster.node.agent.Words;
import dev.muster.node.executor.AgentAsking.Heard;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelFailure;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.PoolReply;
import dev.muster.node.models.pool.Profile;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Parked;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Asks a model for one turn. Nothing of the attempt runs meanwhile, so that it needs no slot.
record AgentTurn(
    AttemptSetting setting,
    Agents agents,
    List<Profile> profiles,
    Lifeline line,
    AgentAsking asking,
    AgentShares shares,
    InstantSource clock) {
  private static final Duration PARKED_MIN = Duration.ofSeconds(1);
  private static final Duration PARKED_MAX = Duration.ofHours(24);

  /// What came of asking.
  sealed interface Asked {
    record Answered(Entry.Turn turn) implements Asked {}

    /// The conversation does not fit the window of any model that could be asked.
    record TooLong() implements Asked {}

    /// An operator lets it use as much again.
    record More(Entry.Raised raised) implements Asked {}

    /// There is no answer, and there may be one another time.
    record Nobody(String why, boolean retryable) implements Asked {}

    record End(AttemptReport report) implements Asked {}
  }

  /// The same, of other models.
  AgentTurn of(List<Profile> others) {
    return new AgentTurn(setting, agents, others, line, asking, shares, clock);
  }

  /// @param ordinal that the turn would have
  Asked ask(ModelRequest request, AgentProgress progress, int ordinal)
      throws IOException, InterruptedException, SilentException {
    var asked = within(setting.steps().timeLeft(), request, progress, ordinal);
    return asked instanceof Asked.Nobody(var why, var retryable) ? end(why, retryable) : asked;
  }

  /// Asks for something without which the conversation goes on.
  ///
  /// @param max how long it may take
  Asked beside(ModelRequest request, AgentProgress progress, int ordinal, Duration max)
      throws IOException, InterruptedException, SilentException {
    var left = setting.steps().timeLeft();
    return within(left.compareTo(max) < 0 ? left : max, request, progress, ordinal);
  }

  private Asked within(Duration time, ModelRequest request, AgentProgress progress, int ordinal)
      throws IOException, InterruptedException, SilentException {
    var tokens = Agents.tokens(profiles, request);
    var cost = agents.costMicros(profiles, request);
    var refusal = agents.limits().refusal(progress.spend(), tokens, cost);
    if (refusal != null) return refused(refusal, ordinal);
    line.yieldSlot();
    var end = shares.reserve(progress, new Spend(1, tokens, cost, 0), ordinal);
    if (end != null) return new Asked.End(end);
    if (setting.steps().timeLeft().isZero())
      return end(setting.steps().outOfTime("the agent").failure(), true);
    var call = agents.pool().begin(profiles, request, asker(), ModelEvents.NOBODY);
    try {
      var reply = call.reply().toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return asked(reply, request);
    } catch (TimeoutException _) {
      return new Asked.Nobody(
          time.compareTo(setting.steps().timeLeft()) < 0
              ? "no model answered within %d s".formatted(time.toSeconds())
              : "no model answered before the attempt's time limit was used up",
          true);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a pooled call always completes", e);
    } finally {
      call.cancel();
    }
  }

  /// All that one worker of the plan has set going is one.
  private String asker() {
    var assignment = setting.request().assignment();
    return assignment.run() + "/" + SubWorkerId.root(assignment.worker());
  }

  private Asked refused(String limit, int ordinal) throws InterruptedException, SilentException {
    if (!agents.limits().asks()) return end(limit, false);
    return switch (asking.more(ordinal, limit)) {
      case Heard.Said(var by, _) -> new Asked.More(new Entry.Raised(limit, by));
      case Heard.No(var decision, var reason) ->
          end("%s; asked for as much again: %s, %s".formatted(limit, decision, reason), false);
      case Heard.Wait(var waiting) -> new Asked.End(waiting);
    };
  }

  private Asked asked(PoolReply reply, ModelRequest request) throws InterruptedException {
    return switch (reply) {
      case PoolReply.Answered answered -> new Asked.Answered(turn(answered, request));
      case PoolReply.Exhausted(var again, var why, _) ->
          agents.limits().waits()
              ? new Asked.End(new Parked(clock.instant().plus(bounded(again)), why))
              : end("every model is used up, and it does not wait: " + why, true);
      case PoolReply.Failed(var failures) when allTooLong(failures) -> new Asked.TooLong();
      case PoolReply.Failed(var failures) ->
          new Asked.Nobody(
              "no model could answer: "
                  + failures.stream().map(Object::toString).collect(Collectors.joining("; ")),
              false);
      case PoolReply.Cancelled() -> throw new InterruptedException("the call was cancelled");
    };
  }

  private static boolean allTooLong(List<PoolReply.Failure> failures) {
    return !failures.isEmpty()
        && failures.stream().allMatch(it -> it.failure() instanceof ModelFailure.ContextOverflow);
  }

  private static Duration bounded(Duration again) {
    if (again.compareTo(PARKED_MIN) < 0) return PARKED_MIN;
    return again.compareTo(PARKED_MAX) > 0 ? PARKED_MAX : again;
  }

  private static Entry.Turn turn(PoolReply.Answered answered, ModelRequest request) {
    var answer = answered.answer();
    return Words.turn(
        answered, request, answer.usage().told() ? answer.usage() : estimated(answered, request));
  }

  /// A provider that counts nothing must not make a budget endless.
  private static Usage estimated(PoolReply.Answered answered, ModelRequest request) {
    var said = ModelRequest.of(answered.answer().text() + answered.answer().calls());
    return new Usage(request.tokensAbout(), said.tokensAbout(), 0, false);
  }

  private static Asked end(String reason, boolean retryable) {
    return new Asked.End(new Unsuccessful(reason, retryable, null));
  }
}
