package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Tick;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a supervisor does once something is persisted, or recovered. A tell may be lost, so
/// everything here may be done twice.
final class Sequel {
  private final Messenger messenger;
  private final Outlook outlook;
  private final InstantSource clock;
  private final Attention attention;
  private final ActorRef<RunCommand> self;
  private boolean lookIsDue;

  Sequel(
      Messenger messenger,
      Outlook outlook,
      InstantSource clock,
      TimerScheduler<RunCommand> timers) {
    this.messenger = messenger;
    this.outlook = outlook;
    this.clock = clock;
    this.attention = new Attention(timers, messenger);
    this.self = messenger.context().getSelf();
  }

  /// With what an earlier run has done some have settled, and perhaps all.
  ///
  /// @param revision grows with every event of the run
  void began(Carried state, List<RunEvent> events, long revision) {
    open(state);
    for (var event : events) {
      if (event instanceof WorkerSettled) messenger.tell(state, event, revision);
    }
    if (state.finished()) summariseIfDue(state);
  }

  void recovered(RunState state) {
    if (!(state instanceof Carried carried)) return;
    open(carried);
    if (carried.finished()) outlook.leaveSummary(carried);
  }

  private void open(Carried state) {
    attention.begin(state);
    if (state.finished()) messenger.closeApprovals(state);
    else messenger.openGate(state);
  }

  /// @param revision grows with every event of the run
  void persisted(Carried state, List<RunEvent> events, long revision) {
    events.forEach(event -> messenger.tell(state, event, revision));
    attention.pay(state);
    lookSoon();
    summariseIfDue(state);
  }

  void summariseIfDue(Carried state) {
    var due = outlook.summaryIfDue(state, clock.instant());
    if (due != null) messenger.summarise(due);
  }

  /// However much happens before that, the run is looked at once.
  void lookSoon() {
    if (lookIsDue) return;
    lookIsDue = true;
    self.tell(new Tick());
  }

  void looked() {
    lookIsDue = false;
  }
}
