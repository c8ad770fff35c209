package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.HoldBegan;
import dev.muster.protocol.run.RunEvent.HoldEnded;
import dev.muster.protocol.run.RunEvent.ResultsNotWritten;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// A run that was created, from then on to its end and through any retry after it. Pure.
///
/// Persistent maps: 20,000 workers change one at a time, and copying all of them for each would be
/// most of the work.
///
/// @param created may name its plan only
/// @param finish how the run ended; null while it has not
record Carried(
    RunCreated created,
    RunPlan plan,
    Dependencies dependencies,
    PMap<String, Member> members,
    Turns turns,
    SortedMap<Integer, WaveProgress> waves,
    Wishes wishes,
    int resumes,
    int retrospectives,
    @Nullable RunFinished finish)
    implements RunState {
  static Carried of(RunCreated created, RunPlan plan) {
    return of(created, plan, Map.of(), Wishes.NONE);
  }

  /// @param changed members that are no longer as they were in the beginning, by id
  static Carried of(RunCreated created, RunPlan plan, Map<String, Member> changed, Wishes wishes) {
    return of(created, plan, SubWorkers.NONE, changed, wishes);
  }

  /// @param subs who has come since
  static Carried of(
      RunCreated created,
      RunPlan plan,
      SubWorkers subs,
      Map<String, Member> changed,
      Wishes wishes) {
    PMap<String, Member> members = HashTreePMap.empty();
    var waves = new TreeMap<Integer, WaveProgress>();
    for (var wave : plan.waves()) waves.put(wave.number(), WaveProgress.of(wave));
    var everybody = new ArrayList<>(plan.workers());
    everybody.addAll(subs.planned());
    for (var planned : everybody) {
      var known = changed.get(planned.id());
      var member = known == null ? Member.enlisted(planned) : known;
      members = members.plus(planned.id(), member);
      waves.computeIfPresent(planned.wave(), (_, wave) -> wave.add(member));
    }
    var dependencies = Dependencies.of(plan.workers()).with(subs);
    var standing = new Turns.Standing(dependencies, members, wishes.pausedWorkers());
    var turns = Turns.of(everybody, standing);
    return new Carried(created, plan, dependencies, members, turns, waves, wishes, 0, 0, null);
  }

  Carried after(RunEvent event) {
    return switch (event) {
      case RunCreated again -> throw new IllegalStateException(again.run() + " exists already");
      case RunContinued _ -> count(resumes + 1, retrospectives);
      case WaveGateRequested(var wave, var approval, _) ->
          wave(wave, it -> it.with(WaveGate.requested(approval)));
      case WaveGateDecided(var wave, var decision, var reason, _, _) ->
          wave(wave, it -> it.with(it.gate().decide(decision, reason)));
      case WaveReleased(var wave, var at) -> wave(wave, it -> it.release(at));
      case WorkersReleased(var workers, _) -> each(workers, Member::release);
      case WorkerSettled(var worker, var status, _) ->
          each(List.of(worker), member -> member.settle(status));
      case WorkerBlocked(var worker, var by, _) -> each(List.of(worker), m -> m.block(by));
      case WorkerSpawned spawned -> join(spawned);
      case RetrospectiveStored _ -> count(resumes, retrospectives + 1);
      case WaveSettled(var wave, var at) -> wave(wave, it -> it.settle(at));
      case HoldBegan began -> wave(began.wave(), it -> it.with(it.holds().begin(began)));
      case HoldEnded(var wave, var kind, var at) ->
          wave(wave, it -> it.with(it.holds().end(kind, at)));
      case RunPaused(var workers, _, _) -> with(workers, wishes.pause(workers), finish);
      case RunResumed(var workers, _, _) ->
          with(
              workers.isEmpty() ? wishes.pausedWorkers() : workers, wishes.resume(workers), finish);
      case RunCancelled(var workers, _, _) -> cancel(workers);
      case WorkersReopened(var workers, _, _, var texts) ->
          dismissBelow(workers)
              .take(texts)
              .each(workers, Member::reopen)
              .askAnew()
              .with(List.of(), wishes.reopen(), null);
      case RunFinished finished -> with(List.of(), wishes, finished);
      case RunTagged _, ResultsWritten _, ResultsNotWritten _ -> this;
    };
  }

  String run() {
    return created.run();
  }

  boolean finished() {
    return finish != null;
  }

  Member member(String worker) {
    var member = members.get(worker);
    if (member == null) throw new IllegalStateException(run() + " has no worker " + worker);
    return member;
  }

  /// @param place in the plan, from 0
  Member at(int place) {
    return member(dependencies.at(place));
  }

  SubWorkers subs() {
    return dependencies.subs();
  }

  /// Members in the order of the plan, so that the same run always goes the same way.
  Stream<Member> inOrder() {
    return Stream.concat(plan.workers().stream(), subs().planned().stream())
        .map(planned -> member(planned.id()));
  }

  /// It has asked for sub-workers and holds nothing until they have settled.
  boolean awaitsSubs(Member member) {
    return subs().of(member.id()).stream().anyMatch(it -> !member(it).settled());
  }

  Stream<Member> underWay() {
    return turns.underWay().stream().map(this::member);
  }

  /// Who ended otherwise than done, in the order of the plan.
  Stream<Member> lost() {
    return turns.lost(dependencies).stream().map(this::member);
  }

  boolean paused() {
    return wishes.paused();
  }

  /// How the run would end if it ended now.
  RunPhase ending() {
    if (wishes.cancelled()) return RunPhase.CANCELLED;
    if (turns.count(WorkerPhase.REHEARSED) == members.size()) return RunPhase.REHEARSED;
    if (turns.count(WorkerPhase.COMPLETED) < members.size()) return RunPhase.FAILED;
    return plan.scope().isIncomplete() ? RunPhase.INCOMPLETE : RunPhase.COMPLETED;
  }

  private Carried wave(int number, UnaryOperator<WaveProgress> how) {
    var next = new TreeMap<>(waves);
    next.computeIfPresent(number, (_, progress) -> how.apply(progress));
    return with(members, turns, next);
  }

  private Carried each(Iterable<String> workers, UnaryOperator<Member> how) {
    var next = this;
    for (var worker : workers) {
      var before = next.member(worker);
      next = next.change(before, how.apply(before));
    }
    return next;
  }

  private Carried change(Member before, Member after) {
    var nextMembers = members.plus(after.id(), after);
    var standing = new Turns.Standing(dependencies, nextMembers, wishes.pausedWorkers());
    var unsettled = (after.settled() ? 0 : 1) - (before.settled() ? 0 : 1);
    var completed = (after.satisfied() ? 1 : 0) - (before.satisfied() ? 1 : 0);
    var next = with(nextMembers, turns.changed(before, after, standing), waves);
    return unsettled == 0 && completed == 0
        ? next
        : next.wave(before.planned().wave(), it -> it.count(unsettled, completed));
  }

  private Carried join(WorkerSpawned spawned) {
    var member = Member.enlisted(spawned.worker());
    var more = dependencies.with(subs().with(spawned));
    var next = members.plus(member.id(), member);
    var standing = new Turns.Standing(more, next, wishes.pausedWorkers());
    return with(more, next, turns.joined(member, standing))
        .wave(member.planned().wave(), it -> it.add(member));
  }

  /// Whoever begins anew asks anew: those it had asked for, all of them settled, leave the run.
  private Carried dismissBelow(List<String> workers) {
    var next = this;
    for (var worker : workers) {
      for (var id : next.subs().below(worker)) {
        var gone = next.member(id);
        var standing = new Turns.Standing(next.dependencies, next.members, wishes.pausedWorkers());
        next =
            next.with(next.dependencies, next.members.minus(id), next.turns.left(gone, standing))
                .wave(gone.planned().wave(), it -> it.remove(gone));
      }
      var fewer = next.dependencies.with(next.subs().without(worker));
      next = next.with(fewer, next.members, next.turns);
    }
    return next;
  }

  private Carried with(Dependencies who, PMap<String, Member> some, Turns whose) {
    return new Carried(
        created, plan, who, some, whose, waves, wishes, resumes, retrospectives, finish);
  }

  private Carried take(List<Planned> texts) {
    var next = this;
    for (var text : texts) {
      var before = next.member(text.id());
      next = next.change(before, before.with(text));
    }
    return next;
  }

  private Carried askAnew() {
    var next = new TreeMap<>(waves);
    next.replaceAll((_, progress) -> progress.with(progress.gate().reopen()));
    return with(members, turns, next);
  }

  private Carried cancel(List<String> workers) {
    var whole = workers.isEmpty();
    var unsettled = members.values().stream().filter(member -> !member.settled()).map(Member::id);
    var whom = whole ? unsettled.toList() : workers;
    return each(whom, Member::cancel).with(whom, wishes.cancel(whom, whole), finish);
  }

  /// @param whom it concerns, as far as single workers are paused or not
  private Carried with(Collection<String> whom, Wishes next, @Nullable RunFinished end) {
    var standing = new Turns.Standing(dependencies, members, next.pausedWorkers());
    var moved = turns.paused(whom, standing);
    return new Carried(
        created, plan, dependencies, members, moved, waves, next, resumes, retrospectives, end);
  }

  private Carried with(
      PMap<String, Member> some, Turns whose, SortedMap<Integer, WaveProgress> progress) {
    return new Carried(
        created,
        plan,
        dependencies,
        some,
        whose,
        progress,
        wishes,
        resumes,
        retrospectives,
        finish);
  }

  private Carried count(int resumed, int remembered) {
    return new Carried(
        created, plan, dependencies, members, turns, waves, wishes, resumed, remembered, finish);
  }
}
