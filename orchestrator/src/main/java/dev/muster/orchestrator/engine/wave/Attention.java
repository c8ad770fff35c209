package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Remind;
import dev.muster.protocol.run.RunCommand.Tick;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A run that goes on is looked at every second and hears of every node; one that has ended costs
/// nothing until it is opened again.
final class Attention {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration REMIND_EVERY = Duration.ofSeconds(10);

  private final TimerScheduler<RunCommand> timers;
  private final Messenger messenger;
  private boolean paid;

  Attention(TimerScheduler<RunCommand> timers, Messenger messenger) {
    this.timers = timers;
    this.messenger = messenger;
  }

  /// A restart after the journal failed has cancelled the timers.
  void begin(Carried state) {
    paid = false;
    pay(state);
  }

  void pay(Carried state) {
    if (state.finished() && paid) {
      timers.cancelAll();
      messenger.unsubscribe();
    } else if (!state.finished() && !paid) {
      timers.startTimerWithFixedDelay(new Tick(), LOOK_EVERY);
      timers.startTimerWithFixedDelay(new Remind(), REMIND_EVERY);
      messenger.subscribe();
    }
    paid = !state.finished();
  }
}
