package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalEvent;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.pattern.StatusReply;

/// What a gate makes of a command. Pure.
///
/// @param events to be persisted before the answer is given
/// @param answer by what the gate knows then
record Ruling<A>(List<ApprovalEvent> events, Function<GateState, A> answer) {
  Ruling {
    events = List.copyOf(events);
  }

  /// Everything stays as it is.
  static <A> Ruling<A> told(A answer) {
    return new Ruling<>(List.of(), _ -> answer);
  }

  /// @param why in words that the caller can act on
  static <A> Ruling<StatusReply<A>> refused(String why) {
    return told(StatusReply.error(why));
  }
}
