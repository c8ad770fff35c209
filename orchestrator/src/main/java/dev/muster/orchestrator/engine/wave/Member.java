package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker as its run knows it. Pure.
///
/// @param phase ENLISTED until released, RUNNING until settled, then how it ended
/// @param epoch how often it was reopened by a retry
/// @param artifacts what it has delivered
/// @param blockedBy why it cannot be released, while BLOCKED
/// @param cancelled an operator wants it to end
/// @param said why it ended so; null when there was nothing to say
/// @param weak it has completed by a test that cannot fail
record Member(
    Planned planned,
    WorkerPhase phase,
    int epoch,
    List<Artifact> artifacts,
    @Nullable String blockedBy,
    boolean cancelled,
    @Nullable String said,
    boolean weak) {
  Member {
    artifacts = List.copyOf(artifacts);
  }

  /// Of whom nothing was said.
  Member(
      Planned planned,
      WorkerPhase phase,
      int epoch,
      List<Artifact> artifacts,
      @Nullable String blockedBy,
      boolean cancelled) {
    this(planned, phase, epoch, artifacts, blockedBy, cancelled, null, false);
  }

  static Member enlisted(Planned planned) {
    return new Member(planned, WorkerPhase.ENLISTED, 0, List.of(), null, false);
  }

  String id() {
    return planned.id();
  }

  boolean enlisted() {
    return phase == WorkerPhase.ENLISTED;
  }

  /// Released and not settled.
  boolean underWay() {
    return phase == WorkerPhase.RUNNING;
  }

  boolean settled() {
    return phase.settled();
  }

  /// What depends on this worker may go on.
  boolean satisfied() {
    return phase == WorkerPhase.COMPLETED || phase == WorkerPhase.REHEARSED;
  }

  Member release() {
    return new Member(planned, WorkerPhase.RUNNING, epoch, List.of(), null, cancelled);
  }

  Member settle(WorkerStatus how) {
    // A run of 20,000 keeps no sentence of each: only of whom somebody waits to hear it.
    var told = SubWorkerId.isSub(id()) ? how.detail() : null;
    return new Member(
        planned,
        how.phase(),
        epoch,
        how.artifacts(),
        null,
        cancelled,
        told,
        SubWorkerId.isSub(id()) && how.weak());
  }

  Member block(String by) {
    return new Member(planned, WorkerPhase.BLOCKED, epoch, List.of(), by, cancelled);
  }

  /// One that was not released is cancelled at once; one under way has to be told.
  Member cancel() {
    return new Member(
        planned,
        enlisted() || phase == WorkerPhase.BLOCKED ? WorkerPhase.CANCELLED : phase,
        epoch,
        artifacts,
        null,
        true,
        said,
        weak);
  }

  /// Carries another text from now on.
  Member with(Planned text) {
    return new Member(text, phase, epoch, artifacts, blockedBy, cancelled, said, weak);
  }

  Member reopen() {
    return new Member(planned, WorkerPhase.ENLISTED, epoch + 1, List.of(), null, false);
  }
}
