package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What follows from an event at once: who is blocked by it, which waves are settled by it, and
/// whether the run is over. Pure.
final class Consequences {
  private final List<RunEvent> events = new ArrayList<>();
  private final Instant at;
  private Carried state;

  private Consequences(Carried state, Instant at) {
    this.state = state;
    this.at = at;
  }

  /// @param events the causes, followed by everything that they bring about
  /// @param state after all of them
  record Outcome(List<RunEvent> events, Carried state) {}

  /// The given events followed by everything that they bring about.
  static List<RunEvent> of(
      Carried state, List<? extends RunEvent> causes, long headroomSamples, Instant at) {
    return outcome(state, causes, headroomSamples, at).events();
  }

  static Outcome outcome(
      Carried state, List<? extends RunEvent> causes, long headroomSamples, Instant at) {
    if (causes.isEmpty()) return new Outcome(List.of(), state);
    var consequences = new Consequences(state, at);
    causes.forEach(consequences::add);
    consequences.endBelow();
    consequences.block();
    consequences.settleWaves();
    consequences.finish(headroomSamples);
    return new Outcome(consequences.events, consequences.state);
  }

  private void add(RunEvent event) {
    events.add(event);
    state = state.after(event);
  }

  /// Nobody goes on for somebody who has settled.
  private void endBelow() {
    if (state.subs().isEmpty()) return;
    var left = new LinkedHashSet<String>();
    for (var event : List.copyOf(events)) {
      if (!(event instanceof RunEvent.WorkerSettled(var parent, _, _))) continue;
      for (var below : state.subs().below(parent)) {
        var member = state.member(below);
        if (!member.settled() && !member.cancelled()) left.add(below);
      }
    }
    if (!left.isEmpty()) add(new RunEvent.RunCancelled(List.copyOf(left), "muster", at));
  }

  /// Below somebody who was lost before nobody is left to be blocked, so that only those are looked
  /// at who are lost now. Where workers were opened again, everybody who is lost counts once more.
  private void block() {
    var everybody = events.stream().anyMatch(Consequences::reopens);
    var seen = new HashSet<String>();
    for (var member : everybody ? state.lost().toList() : lostNow()) {
      block(member, everybody, seen);
    }
  }

  /// In the order of the plan.
  private List<Member> lostNow() {
    return events.stream()
        .filter(RunEvent.WorkerSettled.class::isInstance)
        .map(event -> state.member(((RunEvent.WorkerSettled) event).worker()))
        .filter(Consequences::isLost)
        .sorted(Comparator.comparingInt(member -> state.dependencies().place(member.id())))
        .toList();
  }

  private static boolean isLost(Member member) {
    return member.settled() && !member.satisfied();
  }

  private static boolean reopens(RunEvent event) {
    return switch (event) {
      case RunEvent.RunCancelled _, WorkersReopened _, RunEvent.RunContinued _ -> true;
      case RunEvent.RunCreated _,
          RunEvent.WaveGateRequested _,
          RunEvent.WaveGateDecided _,
          RunEvent.WaveReleased _,
          RunEvent.WorkersReleased _,
          RunEvent.WorkerSettled _,
          WorkerBlocked _,
          RunEvent.RetrospectiveStored _,
          RunEvent.WorkerSpawned _,
          WaveSettled _,
          RunEvent.HoldBegan _,
          RunEvent.HoldEnded _,
          RunEvent.RunPaused _,
          RunEvent.RunResumed _,
          RunEvent.ResultsWritten _,
          RunEvent.ResultsNotWritten _,
          RunFinished _ ->
          false;
    };
  }

  private void block(Member lost, boolean everybody, Set<String> seen) {
    var by = lost.id() + " is " + lost.phase();
    var next = new ArrayDeque<>(state.dependencies().waitingFor(lost.id()));
    while (!next.isEmpty()) {
      var dependent = next.poll();
      if (!seen.add(dependent)) continue;
      var member = state.member(dependent);
      if (isLost(member) && !everybody) continue;
      if (member.enlisted()) add(new WorkerBlocked(dependent, by, at));
      next.addAll(state.dependencies().waitingFor(dependent));
    }
  }

  private void settleWaves() {
    for (var progress : List.copyOf(state.waves().values())) {
      if (progress.isSettled()) continue;
      var now = state.waves().get(progress.number());
      if (now == null || now.unsettled() > 0) return; // later waves wait for this one
      now.holds().open().forEach(hold -> add(new RunEvent.HoldEnded(hold.wave(), hold.kind(), at)));
      add(new WaveSettled(progress.number(), at));
    }
  }

  private void finish(long headroomSamples) {
    if (state.finished()) return;
    if (state.waves().values().stream().allMatch(wave -> wave.unsettled() == 0)) {
      add(new RunFinished(state.ending(), headroomSamples, at));
    }
  }
}
