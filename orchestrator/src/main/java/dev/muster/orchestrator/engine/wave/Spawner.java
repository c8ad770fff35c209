package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.Spawned;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.pattern.StatusReply;

/// Answers workers that ask for sub-workers: by the rules, by the journal of whoever asks, and by
/// what instructions can be made.
record Spawner(RunLinks links, Believing believing) {
  sealed interface Answer {
    record Now(StatusReply<Spawned> reply) implements Answer {}

    /// Whether it asks so is being looked at, and the run hears of it again.
    record Later() implements Answer {}

    /// @param events to be persisted first; who they bring is the answer
    record Once(List<RunEvent> events) implements Answer {}
  }

  /// Whoever asks again after a crash hears of those it had asked for.
  Answer answer(Carried state, Spawn spawn, Instant at) {
    return switch (Spawning.rule(state, spawn, links.subWorkers())) {
      case Spawning.Ruling.Told(var answer) -> told(answer);
      case Spawning.Ruling.NotNow(var why) -> refused("Expected one under way: " + why);
      case Spawning.Ruling.Fresh fresh ->
          switch (believing.asks(spawn)) {
            case LATER -> new Answer.Later();
            case NO -> refused("Expected one whose journal says that it asks.");
            case YES -> sow(state, spawn, fresh, at);
          };
    };
  }

  private Answer sow(Carried state, Spawn spawn, Spawning.Ruling.Fresh fresh, Instant at) {
    var agents = state.created().settings().agents();
    var sown = links.sowing().sow(fresh.parent(), agents, fresh.wanted());
    return sown.refusal() == null
        ? new Answer.Once(Spawning.events(spawn, sown.planned(), at))
        : told(Spawned.refused(sown.refusal()));
  }

  private static Answer told(Spawned answer) {
    return new Answer.Now(StatusReply.success(answer));
  }

  private static Answer refused(String why) {
    return new Answer.Now(StatusReply.error(why));
  }
}
