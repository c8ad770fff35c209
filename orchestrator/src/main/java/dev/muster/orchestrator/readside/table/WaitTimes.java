package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerEvent.AgentParked;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptFailed;
import dev.muster.protocol.worker.WorkerEvent.AttemptInterrupted;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Cancelled;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerEvent.Continued;
import dev.muster.protocol.worker.WorkerEvent.Failed;
import dev.muster.protocol.worker.WorkerEvent.OperationDecided;
import dev.muster.protocol.worker.WorkerEvent.OperationHeld;
import dev.muster.protocol.worker.WorkerEvent.Paused;
import dev.muster.protocol.worker.WorkerEvent.Rehearsed;
import dev.muster.protocol.worker.WorkerEvent.Reopened;
import dev.muster.protocol.worker.WorkerEvent.StepFinished;
import dev.muster.protocol.worker.WorkerEvent.ValidationStarted;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a worker waited for others: for a decision, while it was paused, from its end to a retry,
/// and while every model was used up. What others take is not the work's.
final class WaitTimes {
  private Duration ended = Duration.ZERO;
  private @Nullable Instant started;
  private @Nullable Instant since;
  private boolean held;

  void apply(WorkerEvent event) {
    var at = event.at();
    switch (event) {
      case StepFinished _, AgentStepped _, ValidationStarted _ -> {}
      case OperationHeld _ -> {
        held = true;
        begin(at);
      }
      case Paused _, AgentParked _ -> begin(at);
      case Continued _ -> {
        if (!held) end(at);
      }
      case AttemptStarted _ -> {
        end(at);
        if (started == null) started = at;
      }
      case OperationDecided _, AttemptFailed _, AttemptInterrupted _, Assigned _, Reopened _ ->
          end(at);
      case Completed _, Failed _, Cancelled _, Rehearsed _ -> {
        end(at);
        begin(at);
      }
    }
  }

  private void begin(Instant at) {
    if (since == null && started != null) since = at;
  }

  private void end(Instant at) {
    if (since != null) ended = ended.plus(between(since, at));
    since = null;
    held = false;
  }

  /// @param until its end, or now
  Duration until(Instant until) {
    return since == null ? ended : ended.plus(between(since, until));
  }

  /// Whether it has begun and waits for nobody.
  boolean isBusy() {
    return started != null && since == null;
  }

  /// Clocks of several nodes took part, so an end may seem to come before its start.
  static Duration between(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }
}
