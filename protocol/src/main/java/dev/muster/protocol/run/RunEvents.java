package dev.muster.protocol.run;

import dev.muster.protocol.journal.EventFamily;
import dev.muster.protocol.journal.MusterEvent;
import java.util.Map;

/// What the events of a run are called in the journal.
public final class RunEvents implements EventFamily {
  @Override
  public Class<? extends MusterEvent> type() {
    return RunEvent.class;
  }

  @Override
  public Map<String, Class<? extends MusterEvent>> names() {
    return Map.ofEntries(
        Map.entry("RunCreated", RunEvent.RunCreated.class),
        Map.entry("RunContinued", RunEvent.RunContinued.class),
        Map.entry("WaveGateRequested", RunEvent.WaveGateRequested.class),
        Map.entry("WaveGateDecided", RunEvent.WaveGateDecided.class),
        Map.entry("WaveReleased", RunEvent.WaveReleased.class),
        Map.entry("WorkersReleased", RunEvent.WorkersReleased.class),
        Map.entry("WorkerSettled", RunEvent.WorkerSettled.class),
        Map.entry("WorkerBlocked", RunEvent.WorkerBlocked.class),
        Map.entry("WorkerSpawned", RunEvent.WorkerSpawned.class),
        Map.entry("RetrospectiveStored", RunEvent.RetrospectiveStored.class),
        Map.entry("WaveSettled", RunEvent.WaveSettled.class),
        Map.entry("HoldBegan", RunEvent.HoldBegan.class),
        Map.entry("HoldEnded", RunEvent.HoldEnded.class),
        Map.entry("RunPaused", RunEvent.RunPaused.class),
        Map.entry("RunResumed", RunEvent.RunResumed.class),
        Map.entry("RunCancelled", RunEvent.RunCancelled.class),
        Map.entry("WorkersReopened", RunEvent.WorkersReopened.class),
        Map.entry("RunFinished", RunEvent.RunFinished.class),
        Map.entry("ResultsWritten", RunEvent.ResultsWritten.class),
        Map.entry("ResultsNotWritten", RunEvent.ResultsNotWritten.class));
  }
}
