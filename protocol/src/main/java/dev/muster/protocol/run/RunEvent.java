package dev.muster.protocol.run;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What has happened to a run. In the journal: fields may be added, never renamed or removed.
public sealed interface RunEvent extends MusterEvent {
  /// @param plan null in the journal, but for those that older versions have written
  /// @param planDigest by which the plan is stored; null in those
  record RunCreated(
      String run,
      @Nullable RunPlan plan,
      RunSettings settings,
      Instant at,
      @Nullable String planDigest)
      implements RunEvent {
    /// One that carries its plan.
    public RunCreated(String run, RunPlan plan, RunSettings settings, Instant at) {
      this(run, plan, settings, at, null);
    }

    /// The plan that it carries or, if it carries none, the one that is found.
    ///
    /// @param stored finds a plan by its digest
    public RunPlan plan(Function<String, @Nullable RunPlan> stored) {
      if (plan != null) return plan;
      var found = planDigest == null ? null : stored.apply(planDigest);
      if (found == null) {
        throw new IllegalStateException("the plan " + planDigest + " of " + run + " is not stored");
      }
      return found;
    }
  }

  /// A node took up an unfinished run after whoever carried it before had gone.
  record RunContinued(String node, Instant at) implements RunEvent {}

  record WaveGateRequested(int wave, String approval, Instant at) implements RunEvent {}

  /// @param launchedBy who released the wave by hand; null where its gate was answered
  record WaveGateDecided(
      int wave, Decision decision, String reason, Instant at, @Nullable String launchedBy)
      implements RunEvent {
    public WaveGateDecided(int wave, Decision decision, String reason, Instant at) {
      this(wave, decision, reason, at, null);
    }
  }

  record WaveReleased(int wave, Instant at) implements RunEvent {}

  record WorkersReleased(List<String> workers, Instant at) implements RunEvent {
    public WorkersReleased {
      workers = List.copyOf(workers);
    }
  }

  record WorkerSettled(String worker, WorkerStatus status, Instant at) implements RunEvent {}

  /// A dependency did not complete, so this worker cannot be released.
  record WorkerBlocked(String worker, String by, Instant at) implements RunEvent {}

  /// A worker has asked for a sub-worker, and the run takes it in. Those of one call are journalled
  /// together.
  ///
  /// @param ordinal of the step by which its parent asked: asking again brings no second one
  /// @param worker with the digest of the instruction that the runtime wrote
  /// @param inputs that its parent gave it from its own workspace
  record WorkerSpawned(
      String parent, int ordinal, Planned worker, List<Artifact> inputs, Instant at)
      implements RunEvent {
    public WorkerSpawned {
      inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }
  }

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

  /// What the run is called by besides its id. Whoever is added twice, or taken away and not there,
  /// changes nothing.
  record RunTagged(List<String> added, List<String> removed, String by, Instant at)
      implements RunEvent {
    public RunTagged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
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

  /// The results are on disk.
  ///
  /// @param folder the run's own
  /// @param conflicts the first of them
  record ResultsWritten(
      String folder, int conflictsTotal, List<DeliveryConflict> conflicts, Instant at)
      implements RunEvent {
    public ResultsWritten {
      conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
    }
  }

  /// Not all of the results are on disk. The journal has everything.
  record ResultsNotWritten(String folder, String reason, Instant at) implements RunEvent {}
}
