package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/// Whose turn it is, kept up to date change by change, so that nobody ever looks through a whole
/// run. Pure.
///
/// Whoever waits for others watches one of them: the first that is not done. When that one is done
/// it goes on to the next, so that each dependency is looked at about once in a run.
///
/// @param queues who is left to be released, by wave
/// @param watched by those who wait: which of their dependencies
/// @param underWay ids of those released and not settled
/// @param lost places in the plan of those who ended otherwise than done
/// @param phases how many members are in each
record Turns(
    PMap<Integer, WaveQueue> queues,
    PMap<String, Integer> watched,
    PSet<String> underWay,
    PSortedSet<Integer> lost,
    PMap<WorkerPhase, Integer> phases) {
  private static final Turns NONE =
      new Turns(
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePSet.empty(),
          TreePSet.empty(),
          HashTreePMap.empty());

  /// How everybody stands, as far as it matters for somebody's turn.
  record Standing(Dependencies dependencies, PMap<String, Member> members, PSet<String> paused) {
    private Member member(String id) {
      var member = members.get(id);
      if (member == null) throw new IllegalStateException("there is no worker " + id);
      return member;
    }
  }

  /// Looks at everybody, once.
  static Turns of(List<Planned> workers, Standing all) {
    var turns = NONE;
    for (var worker : workers) {
      var member = all.member(worker.id());
      turns = turns.count(member.phase(), 1).list(member, all);
      turns =
          member.enlisted()
              ? turns.enter(member, all, 0)
              : turns.with(
                  member.planned().wave(), turns.queue(member.planned().wave()), turns.watched);
    }
    return turns;
  }

  WaveQueue queue(int wave) {
    return queues.getOrDefault(wave, WaveQueue.EMPTY);
  }

  int count(WorkerPhase phase) {
    return phases.getOrDefault(phase, 0);
  }

  /// The dependency that an enlisted worker waits for; null when it waits for none.
  @Nullable String waitsFor(String worker, Dependencies dependencies) {
    var index = watched.get(worker);
    return index == null ? null : dependencies.directly(worker).get(index);
  }

  /// @param all with the member as it is after the change
  Turns changed(Member before, Member after, Standing all) {
    var next = before.enlisted() ? leave(before, all) : this;
    if (before.phase() != after.phase()) {
      next = next.count(before.phase(), -1).count(after.phase(), 1).list(after, all);
    }
    if (after.enlisted()) next = next.enter(after, all, 0);
    if (before.satisfied() == after.satisfied()) return next;
    for (var dependent : all.dependencies().waitingFor(after.id())) {
      next = next.moved(all.member(dependent), after, all);
    }
    return next;
  }

  /// Somebody has come whom the plan did not know.
  Turns joined(Member member, Standing all) {
    var next = count(member.phase(), 1).list(member, all);
    return member.enlisted() ? next.enter(member, all, 0) : next;
  }

  /// Somebody who had settled belongs to the run no more.
  ///
  /// @param all as it was with him
  Turns left(Member member, Standing all) {
    var place = all.dependencies().place(member.id());
    var next = count(member.phase(), -1);
    return new Turns(next.queues, next.watched, underWay, lost.minus(place), next.phases);
  }

  /// These may have been paused, or resumed, one by one.
  Turns paused(Iterable<String> workers, Standing all) {
    var next = this;
    for (var worker : workers) {
      var member = all.members().get(worker);
      if (member == null || !member.enlisted()) continue;
      var from = next.watched.getOrDefault(worker, Integer.MAX_VALUE);
      next = next.leave(member, all).enter(member, all, from);
    }
    return next;
  }

  /// Somebody whom this one waits for has been done, or is to be done again.
  private Turns moved(Member waiting, Member on, Standing all) {
    if (!waiting.enlisted()) return this;
    var index = watched.get(waiting.id());
    if (!on.satisfied()) return leave(waiting, all).enter(waiting, all, 0);
    if (index == null) return this;
    var watches = all.dependencies().directly(waiting.id()).get(index);
    return watches.equals(on.id()) ? leave(waiting, all).enter(waiting, all, index) : this;
  }

  private Turns list(Member member, Standing all) {
    var place = all.dependencies().place(member.id());
    var isLost = member.settled() && !member.satisfied();
    return new Turns(
        queues,
        watched,
        member.underWay() ? underWay.plus(member.id()) : underWay.minus(member.id()),
        isLost ? lost.plus(place) : lost.minus(place),
        phases);
  }

  private Turns count(WorkerPhase phase, int change) {
    var count = count(phase) + change;
    var counts = count == 0 ? phases.minus(phase) : phases.plus(phase, count);
    return new Turns(queues, watched, underWay, lost, counts);
  }

  /// @param from the first dependency that may not be done
  private Turns enter(Member member, Standing all, int from) {
    var watches = firstOpen(member.id(), all, from);
    var place = all.dependencies().place(member.id());
    var wave = member.planned().wave();
    var queue = queue(wave);
    var entered =
        all.paused().contains(member.id())
            ? queue.pause(place)
            : watches >= 0
                ? queue.wait(place)
                : queue.ready(
                    Need.of(member.planned()), all.dependencies().group(member.id()), place);
    return with(
        wave,
        entered,
        watches < 0 ? watched.minus(member.id()) : watched.plus(member.id(), watches));
  }

  private Turns leave(Member member, Standing all) {
    var wave = member.planned().wave();
    var place = all.dependencies().place(member.id());
    var group = all.dependencies().group(member.id());
    var left = queue(wave).without(Need.of(member.planned()), group, place);
    return with(wave, left, watched.minus(member.id()));
  }

  private Turns with(int wave, WaveQueue queue, PMap<String, Integer> watches) {
    return new Turns(queues.plus(wave, queue), watches, underWay, lost, phases);
  }

  /// -1 when all are done.
  private static int firstOpen(String worker, Standing all, int from) {
    var dependencies = all.dependencies().directly(worker);
    for (var i = from; i < dependencies.size(); i++) {
      if (!all.member(dependencies.get(i)).satisfied()) return i;
    }
    return -1;
  }

  /// In the order of the plan.
  List<String> lost(Dependencies dependencies) {
    var ids = new ArrayList<String>(lost.size());
    for (var place : lost) ids.add(dependencies.at(place));
    return ids;
  }
}
