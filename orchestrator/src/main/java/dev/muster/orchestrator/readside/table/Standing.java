package dev.muster.orchestrator.readside.table;

import static dev.muster.protocol.worker.WorkerPhase.AWAITING_ANSWER;
import static dev.muster.protocol.worker.WorkerPhase.AWAITING_APPROVAL;
import static dev.muster.protocol.worker.WorkerPhase.BACKOFF;
import static dev.muster.protocol.worker.WorkerPhase.CANCELLED;
import static dev.muster.protocol.worker.WorkerPhase.COMPLETED;
import static dev.muster.protocol.worker.WorkerPhase.ENLISTED;
import static dev.muster.protocol.worker.WorkerPhase.FAILED;
import static dev.muster.protocol.worker.WorkerPhase.PAUSED;
import static dev.muster.protocol.worker.WorkerPhase.REHEARSED;
import static dev.muster.protocol.worker.WorkerPhase.RUNNING;
import static dev.muster.protocol.worker.WorkerPhase.VALIDATING;

import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
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
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where one worker stands, in which words, and since which event: whichever of its own and of its
/// run's was written last decides. It is kept as its fields are.
final class Standing {
  private WorkerPhase phase = ENLISTED;
  private long seq;
  private @Nullable String detail;
  private @Nullable Instant settledAt;

  /// What it waits for a person to say, in words.
  private @Nullable String awaited;

  /// What was last awaited is an answer in words.
  private boolean asked;

  private boolean awaitsSubs;
  private boolean refused;

  void apply(long seq, WorkerEvent event) {
    awaitsSubs = event instanceof AgentParked parked && parked.awaits() != null;
    switch (event) {
      case Assigned _ -> at(seq, RUNNING, "waits for a slot");
      case Reopened _ -> {
        awaited = null;
        at(seq, RUNNING, "waits for a slot");
      }
      case AttemptStarted _ -> {
        refused = false;
        at(seq, RUNNING, null);
      }
      case StepFinished _ -> {}
      case AgentStepped _ -> {
        if (phase == VALIDATING) at(seq, RUNNING, null);
      }
      case AgentParked parked -> at(seq, BACKOFF, parkedBecause(parked));
      case OperationHeld held -> {
        asked = Enquiries.needsWords(held.kind());
        awaited =
            asked
                ? "waits for an answer (" + held.approval() + ")"
                : "waits for a decision on " + held.kind() + " (" + held.approval() + ")";
        at(seq, awaits(), awaited);
      }
      case OperationDecided decided -> {
        awaited = null;
        // Who asked something goes on without an answer, too.
        refused =
            !asked
                && (decided.decision() == Decision.REJECTED
                    || decided.decision() == Decision.EXPIRED);
        at(seq, RUNNING, null);
      }
      case ValidationStarted _ -> at(seq, VALIDATING, null);
      case AttemptFailed failed ->
          at(
              seq,
              BACKOFF,
              "attempt %d failed: %s; the next begins at %s"
                  .formatted(failed.attempt(), failed.reason(), Json.instant(failed.retryAt())));
      case AttemptInterrupted it -> at(seq, RUNNING, "attempt interrupted: " + it.reason());
      case Paused _ -> at(seq, PAUSED, null);
      case Continued _ -> at(seq, awaited == null ? RUNNING : awaits(), awaited);
      case Completed it -> settled(seq, COMPLETED, null, it.at());
      case Failed failed -> settled(seq, FAILED, failed.reason(), failed.at());
      case Cancelled it -> settled(seq, CANCELLED, it.reason(), it.at());
      case Rehearsed it -> settled(seq, REHEARSED, "nothing was executed", it.at());
    }
  }

  private WorkerPhase awaits() {
    return asked ? AWAITING_ANSWER : AWAITING_APPROVAL;
  }

  private static String parkedBecause(AgentParked parked) {
    return parked.awaits() == null
        ? "every model is used up, so it waits until %s: %s"
            .formatted(Json.instant(parked.until()), parked.why())
        : parked.why();
  }

  void at(long seq, WorkerPhase phase, @Nullable String detail) {
    stand(seq, phase, detail, null);
  }

  void settled(long seq, WorkerPhase phase, @Nullable String detail, Instant at) {
    stand(seq, phase, detail, at);
  }

  private void stand(
      long seq, WorkerPhase phase, @Nullable String detail, @Nullable Instant settledAt) {
    if (seq < this.seq) return;
    this.seq = seq;
    this.phase = phase;
    this.detail = detail;
    this.settledAt = settledAt;
  }

  WorkerPhase phase() {
    return phase;
  }

  @Nullable String detail() {
    return detail;
  }

  /// Null until it has settled.
  @Nullable Instant settledAt() {
    return settledAt;
  }

  /// It waits for sub-workers, and goes on when they have settled.
  boolean awaitsSubs() {
    return awaitsSubs;
  }

  /// Whether the last that was decided for it was a no, or nobody's answer in time.
  boolean refused() {
    return refused;
  }
}
