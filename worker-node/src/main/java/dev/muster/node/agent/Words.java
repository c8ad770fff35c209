package dev.muster.node.agent;

import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.RequestDigest;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.models.Usage;
import dev.muster.node.models.pool.PoolReply;
import dev.muster.protocol.agent.Entry;
import java.util.List;

/// Between what is said to models and what is kept of it. Pure.
public final class Words {
  /// Of a command that was under way when its node stopped.
  public static final String OUTCOME_UNKNOWN =
      "The outcome is unknown: the node stopped while this ran. The workspace is as it was before"
          + " it. Look first, then decide whether to do it again.";

  private Words() {}

  static List<ToolCall> calls(Entry.Turn turn) {
    return turn.calls().stream()
        .map(it -> new ToolCall(it.id(), it.name(), it.arguments(), it.problem(), it.mark()))
        .toList();
  }

  static List<ToolSpec> specs(Entry.Begun begun) {
    return begun.tools().stream()
        .map(it -> new ToolSpec(it.name(), it.description(), it.schema()))
        .toList();
  }

  public static Entry.Begun begun(Briefing.Words words, List<ToolSpec> tools) {
    return new Entry.Begun(
        words.system(),
        words.user(),
        tools.stream()
            .map(it -> new Entry.Offer(it.name(), it.description(), it.schema()))
            .toList());
  }

  /// @param request what was asked
  /// @param usage as its provider counted, or an estimate
  public static Entry.Turn turn(PoolReply.Answered answered, ModelRequest request, Usage usage) {
    var answer = answered.answer();
    return new Entry.Turn(
        answer.text(),
        answer.calls().stream()
            .map(it -> new Entry.Call(it.id(), it.name(), it.arguments(), it.problem(), it.mark()))
            .toList(),
        answer.finish() == ModelAnswer.Finish.LENGTH,
        RequestDigest.of(request),
        usage.input(),
        usage.output(),
        usage.cached(),
        usage.told(),
        answered.profile(),
        answered.provider(),
        answered.model(),
        answered.costMicros(),
        answered.latencyMillis(),
        null);
  }
}
