package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says to each worker what its run wants of it. Pure.
final class Assignments {
  private Assignments() {}

  /// @param revision grows with every event of the run
  /// @param handover by which its inputs are found; null when there are none
  static Assign of(Carried state, Member member, long revision, @Nullable String handover) {
    var settings = state.created().settings();
    var assignment =
        new Assignment(
            state.run(),
            member.id(),
            member.planned().instructionDigest(),
            settings.target(),
            settings.hidden(),
            List.of(),
            settings.rehearse(),
            settings.attemptsMax());
    var whole =
        assignment
            .withTargetArtifact(settings.targetArtifact())
            .withLabels(member.planned().labels())
            .withHandover(handover)
            .withAgents(settings.agents())
            .withWave(member.planned().wave());
    return new Assign(whole, revision, member.epoch(), wish(state, member));
  }

  private static Wish wish(Carried state, Member member) {
    if (member.cancelled()) return Wish.CANCEL;
    return state.wishes().pauses(member.id()) ? Wish.PAUSE : Wish.RUN;
  }
}
