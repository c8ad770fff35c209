package dev.muster.protocol.worker;

import dev.muster.protocol.journal.EventFamily;
import dev.muster.protocol.journal.MusterEvent;
import java.util.Map;

/// What the events of a worker are called in the journal.
public final class WorkerEvents implements EventFamily {
  @Override
  public Class<? extends MusterEvent> type() {
    return WorkerEvent.class;
  }

  @Override
  public Map<String, Class<? extends MusterEvent>> names() {
    return Map.ofEntries(
        Map.entry("Assigned", WorkerEvent.Assigned.class),
        Map.entry("AttemptStarted", WorkerEvent.AttemptStarted.class),
        Map.entry("StepFinished", WorkerEvent.StepFinished.class),
        Map.entry("AgentStepped", WorkerEvent.AgentStepped.class),
        Map.entry("AgentParked", WorkerEvent.AgentParked.class),
        Map.entry("OperationHeld", WorkerEvent.OperationHeld.class),
        Map.entry("OperationDecided", WorkerEvent.OperationDecided.class),
        Map.entry("ValidationStarted", WorkerEvent.ValidationStarted.class),
        Map.entry("AttemptFailed", WorkerEvent.AttemptFailed.class),
        Map.entry("AttemptInterrupted", WorkerEvent.AttemptInterrupted.class),
        Map.entry("Paused", WorkerEvent.Paused.class),
        Map.entry("Continued", WorkerEvent.Continued.class),
        Map.entry("Completed", WorkerEvent.Completed.class),
        Map.entry("Failed", WorkerEvent.Failed.class),
        Map.entry("Cancelled", WorkerEvent.Cancelled.class),
        Map.entry("Rehearsed", WorkerEvent.Rehearsed.class),
        Map.entry("Reopened", WorkerEvent.Reopened.class));
  }
}
