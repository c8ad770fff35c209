package dev.muster.orchestrator.readside.view;

import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.WorkerHistory.Attempt;
import dev.muster.orchestrator.readside.view.WorkerHistory.End;
import dev.muster.orchestrator.readside.view.WorkerHistory.Operation;
import dev.muster.protocol.worker.Receipt;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers a [WorkerHistory] from a worker's events in order.
final class WorkerHistoryFold {
  private static final int STEPS_MAX = 1_000;

  private final List<Attempt> attempts = new ArrayList<>();
  private final Deque<StepView> steps = new ArrayDeque<>();
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable ReceiptView receipt;

  void apply(JournalRow row) {
    if (!(row.event() instanceof WorkerEvent event)) return;
    var origin = row.origin();
    var at = event.at();
    switch (event) {
      case Assigned _,
          AgentStepped _,
          ValidationStarted _,
          Paused _,
          Continued _,
          Rehearsed _,
          Reopened _ -> {}
      case AttemptStarted(var attempt, var node, _, _) ->
          attempts.add(new Attempt(attempt, node, at, null, null, null, null));
      case StepFinished(var attempt, _, var result, _) -> {
        steps.addLast(StepView.of(attempt, result, at));
        if (steps.size() > STEPS_MAX) steps.removeFirst();
      }
      case OperationHeld held ->
          operations.put(
              held.approval(),
              new Operation(
                  held.approval(),
                  held.ordinal(),
                  held.kind(),
                  held.digest(),
                  at,
                  null,
                  null,
                  null));
      case OperationDecided(_, var approval, var decision, var reason, _) ->
          operations.computeIfPresent(approval, (_, held) -> held.decided(decision, reason, at));
      case AttemptFailed failed -> {
        failures.add(failed.reason());
        tested(failed.receipt(), failed.attempt(), origin);
        end(End.FAILED, failed.reason(), at);
      }
      case AgentParked parked -> end(End.INTERRUPTED, "no model: " + parked.why(), at);
      case AttemptInterrupted interrupted -> end(End.INTERRUPTED, interrupted.reason(), at);
      case Completed completed -> {
        tested(completed.receipt(), completed.attempt(), origin);
        end(End.COMPLETED, null, at);
      }
      case Failed failed -> {
        failures.add(failed.reason());
        tested(failed.receipt(), failed.attempt(), origin);
        end(End.FAILED, failed.reason(), at);
      }
      case Cancelled cancelled -> end(End.CANCELLED, cancelled.reason(), at);
    }
  }

  private void tested(@Nullable Receipt it, int attempt, Origin origin) {
    if (it != null) receipt = ReceiptView.of(it, origin, attempt);
  }

  private void end(End end, @Nullable String reason, Instant at) {
    if (attempts.isEmpty() || attempts.getLast().end() != null) return;
    attempts.add(attempts.removeLast().ended(end, reason, at));
  }

  WorkerHistory history() {
    return new WorkerHistory(
        attempts, List.copyOf(steps), List.copyOf(operations.values()), failures, receipt);
  }
}
