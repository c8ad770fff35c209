package dev.muster.node.worker;

import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.node.worker.WorkerState.Idle;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Settled;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.BackoffElapsed;
import dev.muster.protocol.worker.WorkerCommand.Rest;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a worker wakes itself up for: to try again, to hear again, and to leave memory.
///
/// @param pauseMax however far away the next try seems, since clocks may jump
record Alarms(TimerScheduler<WorkerCommand> timers, Duration pauseMax) {
  /// Whoever is parked looks again by then, since somebody may have paid.
  private static final Duration PARKED_MAX = Duration.ofHours(1);

  private static final Duration REST_AFTER = Duration.ofSeconds(5);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
  private static final String AGAIN = "again";

  /// @param now a retry that was due while the node was down is due at once
  void retry(Backoff backoff, Instant now) {
    var pause = Duration.between(now, backoff.retryAt());
    var max = backoff.parked() == null && backoff.subs().isEmpty() ? pauseMax : PARKED_MAX;
    var bounded = pause.compareTo(max) > 0 ? max : pause;
    timers.startSingleTimer(
        new BackoffElapsed(backoff.life().attempt()),
        bounded.isNegative() ? Duration.ZERO : bounded);
  }

  /// What cannot be done just now. A timer of the worker's own, so that nothing old reaches its new
  /// home when it is moved.
  void hearAgain(WorkerCommand command) {
    timers.startSingleTimer(AGAIN, command, AGAIN_AFTER);
  }

  void rest(WorkerState state) {
    if (mayRest(state)) {
      timers.startSingleTimer(new Rest(), REST_AFTER);
    } else {
      timers.cancel(new Rest());
    }
  }

  /// Only who waits for somebody else, or for nothing at all, may leave memory.
  static boolean mayRest(WorkerState state) {
    return switch (state) {
      case AwaitingApproval _, Paused _, Settled _ -> true;
      case Idle _, Busy _, Backoff _ -> false;
    };
  }
}
