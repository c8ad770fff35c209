package dev.muster.orchestrator.wave;

import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.WaveSettled;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  /// The given events followed by everything that they bring about.
  static List<RunEvent> of(
      Carried state, List<? extends RunEvent> causes, long headroomSamples, Instant at) {
    var consequences = new Consequences(state, at);
    causes.forEach(consequences::add);
    consequences.block();
    consequences.settleWaves();
    consequences.finish(headroomSamples);
    return consequences.events;
  }

  private void add(RunEvent event) {
    events.add(event);
    state = state.after(event);
  }

  private void block() {
    // Looking at everybody is only needed when somebody ended without completing.
    if (events.stream().noneMatch(Consequences::mayBlock)) return;
    var lost = state.inOrder().filter(m -> m.settled() && !m.satisfied()).toList();
    for (var member : lost) {
      for (var dependent : state.dependencies().dependentsOf(member.id())) {
        if (state.member(dependent).enlisted()) {
          var by = member.id() + " is " + member.phase();
          add(new WorkerBlocked(dependent, by, at));
        }
      }
    }
  }

  private static boolean mayBlock(RunEvent event) {
    return switch (event) {
      case RunEvent.WorkerSettled settled ->
          settled.status().phase() != WorkerPhase.COMPLETED
              && settled.status().phase() != WorkerPhase.REHEARSED;
      case RunEvent.RunCancelled _, WorkersReopened _, RunEvent.RunContinued _ -> true;
      case RunEvent.RunCreated _,
          RunEvent.WaveGateRequested _,
          RunEvent.WaveGateDecided _,
          RunEvent.WaveReleased _,
          RunEvent.WorkersReleased _,
          WorkerBlocked _,
          RunEvent.RetrospectiveStored _,
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
