package dev.muster.node.worker;

import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.node.worker.WorkerState.Idle;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Running;
import dev.muster.node.worker.WorkerState.Settled;
import java.time.InstantSource;

/// What a worker does once it is in a state, whether it has just come into it or found it in the
/// journal. All of it may be done twice.
record Entering(
    Alarms alarms,
    Messenger messenger,
    Consequences consequences,
    Departures departures,
    InstantSource clock) {
  void entered(WorkerState state) {
    switch (state) {
      case Running running -> messenger.execute(running);
      case AwaitingApproval waiting -> messenger.watch(waiting);
      case Backoff backoff -> alarms.retry(backoff, clock.instant());
      case Idle _, WorkerState.Validating _, Paused _, Settled _ -> {}
    }
    departures.hasBegun(messenger.entityId());
    again(state);
  }

  void recovered(WorkerState state) {
    departures.hasBegun(messenger.entityId());
    switch (state) {
      case Busy busy when consequences.isHere(busy) -> messenger.askFor(busy);
      case Busy busy -> messenger.interrupt(busy);
      case AwaitingApproval waiting -> messenger.watch(waiting);
      case Backoff backoff -> alarms.retry(backoff, clock.instant());
      case Idle _, Paused _, Settled _ -> {}
    }
    again(state);
  }

  /// The shard leaves this node, or the node stops: nothing may go on running for it here.
  void stopped(WorkerState state) {
    if (state instanceof Busy busy) messenger.cancel(busy);
  }

  /// Its run hears of it, and it need not stay awake for ever.
  void again(WorkerState state) {
    alarms.rest(state);
    messenger.report(state);
  }
}
