package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.wave.Sowing.Wanted;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.Spawned;
import dev.muster.protocol.run.SubWorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules on who may ask for sub-workers, and for how many. Pure.
final class Spawning {
  private Spawning() {}

  sealed interface Ruling {
    /// It had asked for them before, or may not have them.
    record Told(Spawned answer) implements Ruling {}

    /// Nobody who asks now: it is asked again when that is over.
    record NotNow(String why) implements Ruling {}

    record Fresh(Planned parent, List<Wanted> wanted) implements Ruling {}
  }

  static Ruling rule(Carried state, Spawn spawn, SubWorkerLimits limits) {
    var parent = state.members().get(spawn.parent());
    if (parent == null) return refused("the run has no " + spawn.parent());
    if (!state.subs().askedFor(spawn.parent(), spawn.ordinal()).isEmpty()) {
      return new Ruling.Told(answer(state, spawn));
    }
    if (state.finished() || !parent.underWay() || spawn.epoch() != parent.epoch()) {
      return new Ruling.NotNow(spawn.parent() + " is not under way");
    }
    if (parent.cancelled()) return refused("it is cancelled");
    if (state.wishes().pauses(spawn.parent())) {
      return new Ruling.NotNow(spawn.parent() + " is paused");
    }
    var no = tooMany(state, spawn, limits);
    if (no != null) return refused(no);
    var first = state.subs().nextNumber(spawn.parent());
    var wanted = new ArrayList<Wanted>();
    for (var task : spawn.tasks()) {
      wanted.add(new Wanted(SubWorkerId.of(spawn.parent(), first + wanted.size()), task));
    }
    return new Ruling.Fresh(parent.planned(), wanted);
  }

  private static Ruling refused(String why) {
    return new Ruling.Told(Spawned.refused(why));
  }

  private static @Nullable String tooMany(Carried state, Spawn spawn, SubWorkerLimits limits) {
    var asked = spawn.tasks().size();
    var parent = spawn.parent();
    if (asked == 0) return "no sub-worker is described";
    if (SubWorkerId.depth(parent) >= limits.depthMax()) {
      return "%s stands %d below its worker of the plan, and nobody may stand deeper than %d"
          .formatted(parent, SubWorkerId.depth(parent), limits.depthMax());
    }
    var own = state.subs().of(parent).size();
    if (own + asked > limits.perWorkerMax()) {
      return "%s has asked for %d sub-workers and now for %d more; a worker may have %d"
          .formatted(parent, own, asked, limits.perWorkerMax());
    }
    var all = state.subs().count();
    if (all + asked > limits.perRunMax()) {
      return "the run has %d sub-workers; with %d more they would be more than the %d it may have"
          .formatted(all, asked, limits.perRunMax());
    }
    return null;
  }

  /// @param planned as they were sown, in the order of the tasks
  static List<RunEvent> events(Spawn spawn, List<Planned> planned, Instant at) {
    var events = new ArrayList<RunEvent>();
    for (var worker : planned) {
      var inputs = spawn.tasks().get(events.size()).inputs();
      events.add(new WorkerSpawned(spawn.parent(), spawn.ordinal(), worker, inputs, at));
    }
    return events;
  }

  /// How those stand that one step asked for.
  static Spawned answer(Carried state, Spawn spawn) {
    return new Spawned(
        null,
        state.subs().askedFor(spawn.parent(), spawn.ordinal()).stream()
            .map(sub -> told(state.member(sub.id())))
            .toList());
  }

  private static Spawned.Sub told(Member member) {
    return new Spawned.Sub(
        member.id(),
        member.planned().title(),
        member.phase(),
        member.said(),
        member.weak(),
        member.artifacts());
  }
}
