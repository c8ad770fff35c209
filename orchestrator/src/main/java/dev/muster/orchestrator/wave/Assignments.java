package dev.muster.orchestrator.wave;

import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says to each worker what its run wants of it. Pure.
final class Assignments {
  private Assignments() {}

  /// @param revision grows with every event of the run
  static Assign of(Carried state, Member member, long revision) {
    var settings = state.created().settings();
    var assignment =
        new Assignment(
            state.run(),
            member.id(),
            member.planned().instructionDigest(),
            settings.target(),
            settings.hidden(),
            inputs(state, member),
            settings.rehearse(),
            settings.attemptsMax());
    var whole =
        assignment
            .withTargetArtifact(settings.targetArtifact())
            .withLabels(member.planned().labels())
            .withAgents(settings.agents());
    return new Assign(whole, revision, member.epoch(), wish(state, member));
  }

  private static Wish wish(Carried state, Member member) {
    if (member.cancelled()) return Wish.CANCEL;
    return state.wishes().pauses(member.id()) ? Wish.PAUSE : Wish.RUN;
  }

  /// The deliverables of everything this worker rests on; of two at one path the nearer wins. In a
  /// rehearsal nobody has delivered anything.
  private static List<Artifact> inputs(Carried state, Member member) {
    if (state.created().settings().rehearse()) return List.of();
    Map<String, Artifact> byPath = new LinkedHashMap<>();
    for (var dependency : state.dependencies().allOf(member.id())) {
      var delivered = state.member(dependency).artifacts();
      delivered.forEach(artifact -> byPath.putIfAbsent(artifact.path(), artifact));
    }
    return new ArrayList<>(byPath.values());
  }
}
