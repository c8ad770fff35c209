package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;

/// What a supervisor remembers, as far as its plan does not say it. Pure.
///
/// @param members those who are no longer as they were in the beginning
/// @param paused the run as a whole
record RunSnapshot(
    RunCreated created,
    List<Changed> members,
    List<Wave> waves,
    boolean paused,
    List<String> pausedWorkers,
    boolean cancelled,
    int resumes,
    int retrospectives,
    @Nullable RunFinished finish) {
  /// @param place in the plan, from 0
  /// @param text that it got after the run was created; null for the one of the plan
  record Changed(
      int place,
      WorkerPhase phase,
      int epoch,
      List<Artifact> artifacts,
      @Nullable String blockedBy,
      boolean cancelled,
      @Nullable Planned text) {}

  record Wave(
      int number,
      @Nullable Instant releasedAt,
      @Nullable Instant settledAt,
      WaveGate gate,
      WaveHolds holds) {}

  /// Named in `reference.conf`.
  static final class Serializer extends SnapshotSerializer {
    Serializer() {
      super(7402, "run-1", RunSnapshot.class);
    }
  }

  static RunSnapshot of(Carried run) {
    return new RunSnapshot(
        run.created(),
        run.plan().workers().stream()
            .filter(planned -> !run.member(planned.id()).equals(Member.enlisted(planned)))
            .map(planned -> changed(run, planned))
            .toList(),
        run.waves().values().stream()
            .map(
                it -> new Wave(it.number(), it.releasedAt(), it.settledAt(), it.gate(), it.holds()))
            .toList(),
        run.wishes().paused(),
        List.copyOf(run.wishes().pausedWorkers()),
        run.wishes().cancelled(),
        run.resumes(),
        run.retrospectives(),
        run.finish());
  }

  private static Changed changed(Carried run, Planned planned) {
    var member = run.member(planned.id());
    return new Changed(
        run.dependencies().place(planned.id()),
        member.phase(),
        member.epoch(),
        member.artifacts(),
        member.blockedBy(),
        member.cancelled(),
        member.planned().equals(planned) ? null : member.planned());
  }

  /// @param plans finds a plan by its digest
  Carried restored(Function<String, @Nullable RunPlan> plans) {
    var plan = created.plan(plans);
    var changed = new HashMap<String, Member>();
    for (var it : members) {
      var planned = it.text() == null ? plan.workers().get(it.place()) : it.text();
      changed.put(
          planned.id(),
          new Member(
              planned, it.phase(), it.epoch(), it.artifacts(), it.blockedBy(), it.cancelled()));
    }
    var wishes = new Wishes(paused, HashTreePSet.from(pausedWorkers), cancelled);
    var run = Carried.of(created, plan, changed, wishes);
    var progress = new TreeMap<>(run.waves());
    for (var wave : waves) {
      progress.computeIfPresent(
          wave.number(),
          (_, it) -> it.with(wave.releasedAt(), wave.settledAt(), wave.gate(), wave.holds()));
    }
    return new Carried(
        created,
        plan,
        run.dependencies(),
        run.members(),
        run.turns(),
        progress,
        wishes,
        resumes,
        retrospectives,
        finish);
  }
}
