package dev.muster.orchestrator.wave;

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
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan.Planned;
import java.util.List;
import java.util.Objects;
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
/// @param finish how the run ended; null while it has not
record Carried(
    RunCreated created,
    Dependencies dependencies,
    PMap<String, Member> members,
    SortedMap<Integer, WaveProgress> waves,
    Wishes wishes,
    int resumes,
    int retrospectives,
    @Nullable RunFinished finish)
    implements RunState {
  static Carried of(RunCreated created) {
    PMap<String, Member> members = HashTreePMap.empty();
    var waves = new TreeMap<Integer, WaveProgress>();
    for (var planned : created.plan().workers()) {
      members = members.plus(planned.id(), Member.enlisted(planned));
    }
    for (var wave : created.plan().waves()) {
      var total = created.plan().workers().stream().filter(w -> w.wave() == wave.number()).count();
      waves.put(wave.number(), WaveProgress.of(wave, (int) total));
    }
    var dependencies = Dependencies.of(created.plan().workers());
    return new Carried(created, dependencies, members, waves, Wishes.NONE, 0, 0, null);
  }

  Carried after(RunEvent event) {
    return switch (event) {
      case RunCreated again -> throw new IllegalStateException(again.run() + " exists already");
      case RunContinued _ -> count(resumes + 1, retrospectives);
      case WaveGateRequested(var wave, var approval, _) ->
          wave(wave, it -> it.with(WaveGate.requested(approval)));
      case WaveGateDecided(var wave, var decision, var reason, _) ->
          wave(wave, it -> it.with(it.gate().decide(decision, reason)));
      case WaveReleased(var wave, var at) -> wave(wave, it -> it.release(at));
      case WorkersReleased(var workers, _) -> each(workers, Member::release);
      case WorkerSettled(var worker, var status, _) ->
          each(List.of(worker), member -> member.settle(status));
      case WorkerBlocked(var worker, var by, _) -> each(List.of(worker), m -> m.block(by));
      case RetrospectiveStored _ -> count(resumes, retrospectives + 1);
      case WaveSettled(var wave, var at) -> wave(wave, it -> it.settle(at));
      case HoldBegan began -> wave(began.wave(), it -> it.with(it.holds().begin(began)));
      case HoldEnded(var wave, var kind, var at) ->
          wave(wave, it -> it.with(it.holds().end(kind, at)));
      case RunPaused(var workers, _, _) -> with(wishes.pause(workers), finish);
      case RunResumed(var workers, _, _) -> with(wishes.resume(workers), finish);
      case RunCancelled(var workers, _, _) -> cancel(workers);
      case WorkersReopened(var workers, _, _, var texts) ->
          take(texts).each(workers, Member::reopen).askAnew().with(wishes.reopen(), null);
      case RunFinished finished -> with(wishes, finished);
      case ResultsWritten _, ResultsNotWritten _ -> this;
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

  /// Members in the order of the plan, so that the same run always goes the same way.
  Stream<Member> inOrder() {
    return created.plan().workers().stream().map(planned -> member(planned.id()));
  }

  Stream<Member> underWay() {
    return members.values().stream().filter(Member::underWay);
  }

  boolean paused() {
    return wishes.paused();
  }

  /// How the run would end if it ended now.
  RunPhase ending() {
    if (wishes.cancelled()) return RunPhase.CANCELLED;
    var phases = members.values().stream().map(Member::phase).distinct().toList();
    if (phases.stream().allMatch(phase -> phase == phases.getFirst())) {
      switch (phases.getFirst()) {
        case COMPLETED -> {
          var whole = !created.plan().scope().isIncomplete();
          return whole ? RunPhase.COMPLETED : RunPhase.INCOMPLETE;
        }
        case REHEARSED -> {
          return RunPhase.REHEARSED;
        }
        case ENLISTED,
            RUNNING,
            AWAITING_APPROVAL,
            BACKOFF,
            PAUSED,
            VALIDATING,
            FAILED,
            BLOCKED,
            CANCELLED -> {}
      }
    }
    return RunPhase.FAILED;
  }

  private Carried wave(int number, UnaryOperator<WaveProgress> how) {
    var next = new TreeMap<>(waves);
    next.computeIfPresent(number, (_, progress) -> how.apply(progress));
    return with(members, next);
  }

  private Carried each(Iterable<String> workers, UnaryOperator<Member> how) {
    var nextMembers = members;
    var nextWaves = new TreeMap<>(waves);
    for (var worker : workers) {
      var before = Objects.requireNonNull(nextMembers.get(worker), worker);
      var after = how.apply(before);
      nextMembers = nextMembers.plus(worker, after);
      var unsettled = (after.settled() ? 0 : 1) - (before.settled() ? 0 : 1);
      var completed = (after.satisfied() ? 1 : 0) - (before.satisfied() ? 1 : 0);
      nextWaves.computeIfPresent(
          before.planned().wave(), (_, progress) -> progress.count(unsettled, completed));
    }
    return with(nextMembers, nextWaves);
  }

  private Carried take(List<Planned> texts) {
    var next = members;
    for (var text : texts) next = next.plus(text.id(), member(text.id()).with(text));
    return with(next, waves);
  }

  private Carried askAnew() {
    var next = new TreeMap<>(waves);
    next.replaceAll((_, progress) -> progress.with(progress.gate().reopen()));
    return with(members, next);
  }

  private Carried cancel(List<String> workers) {
    var whole = workers.isEmpty();
    var unsettled = members.values().stream().filter(member -> !member.settled()).map(Member::id);
    var whom = whole ? unsettled.toList() : workers;
    return each(whom, Member::cancel).with(wishes.cancel(whom, whole), finish);
  }

  private Carried with(Wishes next, @Nullable RunFinished end) {
    return new Carried(created, dependencies, members, waves, next, resumes, retrospectives, end);
  }

  private Carried with(PMap<String, Member> some, SortedMap<Integer, WaveProgress> progress) {
    return new Carried(
        created, dependencies, some, progress, wishes, resumes, retrospectives, finish);
  }

  private Carried count(int resumed, int remembered) {
    return new Carried(created, dependencies, members, waves, wishes, resumed, remembered, finish);
  }
}
