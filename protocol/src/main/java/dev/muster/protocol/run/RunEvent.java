package dev.muster.protocol.run;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;

/// What has happened to a run. In the journal: fields may be added, never renamed or removed.
public sealed interface RunEvent extends MusterEvent {
  record RunCreated(String run, RunPlan plan, RunSettings settings, Instant at)
      implements RunEvent {}

  /// A node took up an unfinished run after whoever carried it before had gone.
  record RunContinued(String node, Instant at) implements RunEvent {}

  record WaveGateRequested(int wave, String approval, Instant at) implements RunEvent {}

  record WaveGateDecided(int wave, Decision decision, String reason, Instant at)
      implements RunEvent {}

  record WaveReleased(int wave, Instant at) implements RunEvent {}

  record WorkersReleased(List<String> workers, Instant at) implements RunEvent {
    public WorkersReleased {
      workers = List.copyOf(workers);
    }
  }

  record WorkerSettled(String worker, WorkerStatus status, Instant at) implements RunEvent {}

  /// A dependency did not complete, so this worker cannot be released.
  record WorkerBlocked(String worker, String by, Instant at) implements RunEvent {}

  record RetrospectiveStored(Retrospective retrospective, Instant at) implements RunEvent {}

  record WaveSettled(int wave, Instant at) implements RunEvent {}

  record HoldBegan(int wave, Hold.Kind kind, String reason, Instant at) implements RunEvent {}

  record HoldEnded(int wave, Hold.Kind kind, Instant at) implements RunEvent {}

  /// @param workers whom it concerns; empty means the whole run
  record RunPaused(List<String> workers, String by, Instant at) implements RunEvent {
    public RunPaused {
      workers = List.copyOf(workers);
    }
  }

  record RunResumed(List<String> workers, String by, Instant at) implements RunEvent {
    public RunResumed {
      workers = List.copyOf(workers);
    }
  }

  record RunCancelled(List<String> workers, String by, Instant at) implements RunEvent {
    public RunCancelled {
      workers = List.copyOf(workers);
    }
  }

  /// An operator's retry reopened these workers.
  ///
  /// @param texts what some workers of the run, reopened or not yet released, carry from now on:
  ///   new texts in the same places; empty when every worker keeps its own
  record WorkersReopened(List<String> workers, String by, Instant at, List<Planned> texts)
      implements RunEvent {
    public WorkersReopened {
      workers = List.copyOf(workers);
      texts = texts == null ? List.of() : List.copyOf(texts);
    }

    /// With the texts that they have.
    public WorkersReopened(List<String> workers, String by, Instant at) {
      this(workers, by, at, List.of());
    }
  }

  /// @param headroomSamples reports of nodes seen since the run was last taken up
  record RunFinished(RunPhase phase, long headroomSamples, Instant at) implements RunEvent {}
}
