package dev.muster.node.worker;

import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.node.worker.WorkerState.Living;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Settled;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.Decided;
import dev.muster.protocol.worker.WorkerCommand.Report;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerEvent.AgentParked;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptFailed;
import dev.muster.protocol.worker.WorkerEvent.AttemptInterrupted;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Continued;
import dev.muster.protocol.worker.WorkerEvent.OperationDecided;
import dev.muster.protocol.worker.WorkerEvent.OperationHeld;
import dev.muster.protocol.worker.WorkerEvent.Reopened;
import dev.muster.protocol.worker.WorkerEvent.StepFinished;
import dev.muster.protocol.worker.WorkerEvent.ValidationStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which events follow from what a worker is told, on this life of this node. Pure.
record Consequences(NodeIdentity node, RetryPolicy retries) {
  /// Its executor lives, and may know how the attempt goes.
  boolean isHere(Busy busy) {
    return busy.incarnation().equals(node.incarnation());
  }

  /// Whether these events set an executor to work.
  static boolean begins(List<WorkerEvent> events) {
    return events.stream()
        .anyMatch(event ->
            event instanceof AttemptStarted
                || (event instanceof OperationDecided && events.size() == 1));
  }

  // --- of what the run wants ---

  List<WorkerEvent> assigned(Assign assign, Instant at) {
    var assigned = new Assigned(assign.assignment(), assign.epoch(), at);
    return List.of(assigned, first(assign, 1, at));
  }

  List<WorkerEvent> reopened(Living living, Assign assign, Instant at) {
    List<WorkerEvent> events = new ArrayList<>();
    if (!(living instanceof Settled)) events.add(cancelled(at));
    events.add(new Reopened(assign.assignment(), assign.epoch(), at));
    events.add(first(assign, living.life().attempt() + 1, at));
    return events;
  }

  private WorkerEvent first(Assign assign, int attempt, Instant at) {
    return switch (assign.wish()) {
      case RUN ->
          assign.assignment().rehearse()
              ? new WorkerEvent.Rehearsed(at)
              : attemptStarted(attempt, at);
      case PAUSE -> new WorkerEvent.Paused(at);
      case CANCEL -> cancelled(at);
    };
  }

  List<WorkerEvent> continued(Paused paused, Instant at) {
    var continued = new Continued(at);
    if (paused.awaited() != null) return List.of(continued);
    var life = paused.life();
    return List.of(
        continued,
        life.assignment().rehearse()
            ? new WorkerEvent.Rehearsed(at)
            : attemptStarted(life.attempt() + 1, at));
  }

  WorkerEvent cancelled(Instant at) {
    return new WorkerEvent.Cancelled("cancelled by an operator", at);
  }

  // --- of what the executor reports ---

  List<WorkerEvent> reported(Busy busy, Report report, Instant at) {
    var attempt = report.attempt();
    var number = report.number();
    if (report.report() instanceof AttemptReport.ValidatingAfter(var last)) {
      return List.of(
          new StepFinished(attempt, number, last, at), new ValidationStarted(attempt, number, at));
    }
    return List.of(
        switch (report.report()) {
          case AttemptReport.StepDone(var result) -> new StepFinished(attempt, number, result, at);
          case AttemptReport.Stepped(var step) -> new AgentStepped(attempt, number, step, at);
          case AttemptReport.Parked(var until, var why) ->
              new AgentParked(attempt, number, until, why, at);
          case AttemptReport.Awaiting(var subs, var until) ->
              new AgentParked(
                  attempt, number, until, "waits for " + String.join(", ", subs), at, subs);
          case AttemptReport.Validating _, AttemptReport.ValidatingAfter _ ->
              new ValidationStarted(attempt, number, at);
          case AttemptReport.NeedsDecision it ->
              new OperationHeld(
                  attempt,
                  number,
                  it.ordinal(),
                  it.approval(),
                  it.kind(),
                  it.digest(),
                  at,
                  it.frozen());
          case AttemptReport.Succeeded(var receipt) ->
              new WorkerEvent.Completed(attempt, receipt, at);
          case AttemptReport.Unsuccessful it -> retryOrFail(busy.life(), it, at);
          case AttemptReport.Interrupted(var reason) -> interrupted(busy.life(), reason, at);
        });
  }

  private WorkerEvent retryOrFail(Life life, AttemptReport.Unsuccessful it, Instant at) {
    if (!it.retryable() || !life.mayTryAgain()) {
      return new WorkerEvent.Failed(life.attempt(), it.reason(), it.receipt(), at);
    }
    var pause = retries.pauseAfter(life.failures().size());
    return new AttemptFailed(life.attempt(), it.reason(), it.receipt(), at.plus(pause), at);
  }

  private WorkerEvent interrupted(Life life, String reason, Instant at) {
    if (!life.mayBeInterruptedAgain()) {
      var why =
          "interrupted more than %d times, last because %s"
              .formatted(Life.INTERRUPTIONS_MAX, reason);
      return new WorkerEvent.Failed(life.attempt(), why, null, at);
    }
    var pause = retries.pauseAfter(life.interruptions());
    return new AttemptInterrupted(life.attempt(), reason, at.plus(pause), at);
  }

  // --- of what the gate decides ---

  List<WorkerEvent> decided(AwaitingApproval waiting, Decided it, Instant at) {
    var attempt = waiting.life().attempt();
    List<WorkerEvent> events = new ArrayList<>();
    events.add(new OperationDecided(attempt, it.approval(), it.decision(), it.reason(), at));
    if (it.decision() == Decision.CLOSED) {
      events.add(new WorkerEvent.Cancelled(it.reason(), at));
    } else if (!Enquiries.goesOn(waiting.kind(), it.decision())) {
      var reason = "%s was %s: %s".formatted(waiting.kind(), it.decision(), it.reason());
      events.add(new WorkerEvent.Failed(attempt, reason, null, at));
    } else if (!waiting.incarnation().equals(node.incarnation())) {
      // The next attempt goes on from what was frozen, wherever it runs.
      var why = waiting.node() + " stopped while it waited for a decision";
      events.add(new AttemptInterrupted(attempt, why, at, at));
      events.add(attemptStarted(attempt + 1, at));
    }
    return events;
  }

  // --- of time ---

  List<WorkerEvent> elapsed(Backoff backoff, Instant at) {
    return List.of(attemptStarted(backoff.life().attempt() + 1, at));
  }

  private AttemptStarted attemptStarted(int number, Instant at) {
    return new AttemptStarted(number, node.name(), node.incarnation(), at);
  }
}
