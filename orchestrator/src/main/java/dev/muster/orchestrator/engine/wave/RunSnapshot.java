package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
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
    @Nullable RunFinished finish,
    @Nullable List<Sub> subs) {
  /// @param place in the plan, from 0; of a sub-worker its own, which is negative
  /// @param text that it got after the run was created; null for the one of the plan
  record Changed(
      int place,
      WorkerPhase phase,
      int epoch,
      List<Artifact> artifacts,
      @Nullable String blockedBy,
      boolean cancelled,
      @Nullable Planned text,
      @Nullable String said,
      @Nullable Boolean weak) {}

  /// @param left it belongs to the run no more
  record Sub(String parent, int ordinal, Planned planned, List<Artifact> inputs, boolean left) {}

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

  /// @param plans finds a plan by its digest
  static SnapshotAdapter<RunState> adapter(Function<String, @Nullable RunPlan> plans) {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(RunState state) {
        return of((Carried) state);
      }

      @Override
      public RunState fromJournal(Object snapshot) {
        return ((RunSnapshot) snapshot).restored(plans);
      }
    };
  }

  static RunSnapshot of(Carried run) {
    return new RunSnapshot(
        run.created(),
        Stream.concat(run.plan().workers().stream(), run.subs().planned().stream())
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
        run.finish(),
        subs(run.subs()));
  }

  private static @Nullable List<Sub> subs(SubWorkers all) {
    if (all.all().isEmpty()) return null;
    return all.all().stream()
        .map(it -> new Sub(it.parent(), it.ordinal(), it.planned(), it.inputs(), !all.belongs(it)))
        .toList();
  }

  private SubWorkers subWorkers() {
    var all = SubWorkers.NONE;
    if (subs == null) return all;
    for (var it : subs) {
      var spawned =
          new WorkerSpawned(it.parent(), it.ordinal(), it.planned(), it.inputs(), created.at());
      // Older ones say of one that has left, and whose name was given again, that it has not.
      all = all.withoutOne(it.planned().id()).with(spawned);
      if (it.left()) all = all.withoutOne(it.planned().id());
    }
    return all;
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
        member.planned().equals(planned) ? null : member.planned(),
        member.said(),
        member.weak() ? true : null);
  }

  private static Planned planned(RunPlan plan, SubWorkers all, int place) {
    return place < 0 ? all.plannedAt(place) : plan.workers().get(place);
  }

  /// @param plans finds a plan by its digest
  Carried restored(Function<String, @Nullable RunPlan> plans) {
    var plan = created.plan(plans);
    var all = subWorkers();
    var changed = new HashMap<String, Member>();
    for (var it : members) {
      var planned = it.text() == null ? planned(plan, all, it.place()) : it.text();
      changed.put(
          planned.id(),
          new Member(
              planned,
              it.phase(),
              it.epoch(),
              it.artifacts(),
              it.blockedBy(),
              it.cancelled(),
              it.said(),
              Boolean.TRUE.equals(it.weak())));
    }
    var wishes = new Wishes(paused, HashTreePSet.from(pausedWorkers), cancelled);
    var run = Carried.of(created, plan, all, changed, wishes);
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
