package dev.muster.orchestrator.readside.table;

import static dev.muster.protocol.worker.WorkerPhase.AWAITING_ANSWER;
import static dev.muster.protocol.worker.WorkerPhase.AWAITING_APPROVAL;
import static dev.muster.protocol.worker.WorkerPhase.BACKOFF;
import static dev.muster.protocol.worker.WorkerPhase.BLOCKED;
import static dev.muster.protocol.worker.WorkerPhase.CANCELLED;
import static dev.muster.protocol.worker.WorkerPhase.COMPLETED;
import static dev.muster.protocol.worker.WorkerPhase.ENLISTED;
import static dev.muster.protocol.worker.WorkerPhase.FAILED;
import static dev.muster.protocol.worker.WorkerPhase.PAUSED;
import static dev.muster.protocol.worker.WorkerPhase.REHEARSED;
import static dev.muster.protocol.worker.WorkerPhase.RUNNING;
import static dev.muster.protocol.worker.WorkerPhase.VALIDATING;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.orchestrator.readside.view.Delivery;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.view.ModelUse;
import dev.muster.protocol.view.Seconds;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
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
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the journal says about one worker, from its own events and from its run's.
///
/// Whichever was written last decides where the worker stands. It is kept as its fields are.
final class WorkerProjection {
  private final int place;
  private Planned planned;

  /// Digests of the texts it had before the one it has.
  private List<String> earlierTexts = List.of();

  /// Of its own events, the last that was taken in.
  private long number;

  private WorkerPhase phase = ENLISTED;
  private long phaseSeq;
  private boolean released;
  private int attempt;
  private int interruptions;
  private @Nullable String node;
  private @Nullable String detail;
  private @Nullable String awaited;

  /// What was last awaited is an answer in words.
  private boolean asked;

  /// It waits for sub-workers, and goes on when they have settled.
  private boolean awaitsSubs;

  private @Nullable Instant startedAt;
  private @Nullable Instant settledAt;
  private List<Artifact> artifacts = List.of();
  private WaitTimes waits = new WaitTimes();
  private @Nullable Retrospective retrospective;
  private boolean weak;
  private boolean refused;
  private Map<String, ModelUse> used = Map.of();
  private Map<String, ModelUse> usedByProfile = Map.of();
  private int testsPassed;
  private int testsRun;

  /// Ids of the sub-workers that it has asked for.
  private List<String> children = List.of();

  /// Whoever asked for it began anew, so that it belongs to the run no more.
  private boolean dismissed;

  /// Its own end, with the receipt, has been read.
  private boolean ended;

  /// @param place in the plan, from 0
  @JsonCreator
  WorkerProjection(@JsonProperty("place") int place, @JsonProperty("planned") Planned planned) {
    this.place = place;
    this.planned = planned;
  }

  void apply(long seq, long number, WorkerEvent event) {
    this.number = number;
    var at = event.at();
    ended |= isEnd(event);
    awaitsSubs = event instanceof AgentParked parked && parked.awaits() != null;
    waits.apply(event);
    switch (event) {
      case Assigned _ -> stand(seq, RUNNING, "waits for a slot", null);
      case Reopened _ -> {
        awaited = null;
        interruptions = 0;
        ended = false;
        stand(seq, RUNNING, "waits for a slot", null);
      }
      case AttemptStarted started -> {
        attempt = started.attempt();
        node = started.node();
        refused = false;
        if (startedAt == null) startedAt = at;
        stand(seq, RUNNING, null, null);
      }
      case StepFinished _ -> {}
      case AgentStepped(_, _, var step, _) -> {
        if (step.use() != null) spend(step.use());
        if (phase == VALIDATING) stand(seq, RUNNING, null, null);
      }
      case AgentParked parked ->
          stand(
              seq,
              BACKOFF,
              parked.awaits() == null
                  ? "every model is used up, so it waits until %s: %s"
                      .formatted(Json.instant(parked.until()), parked.why())
                  : parked.why(),
              null);
      case OperationHeld held -> {
        asked = Enquiries.needsWords(held.kind());
        awaited =
            asked
                ? "waits for an answer (" + held.approval() + ")"
                : "waits for a decision on " + held.kind() + " (" + held.approval() + ")";
        stand(seq, awaits(), awaited, null);
      }
      case OperationDecided decided -> {
        awaited = null;
        // Who asked something goes on without an answer, too.
        refused =
            !asked
                && (decided.decision() == Decision.REJECTED
                    || decided.decision() == Decision.EXPIRED);
        stand(seq, RUNNING, null, null);
      }
      case ValidationStarted _ -> stand(seq, VALIDATING, null, null);
      case AttemptFailed failed -> {
        tested(failed.receipt());
        stand(
            seq,
            BACKOFF,
            "attempt %d failed: %s; the next begins at %s"
                .formatted(failed.attempt(), failed.reason(), Json.instant(failed.retryAt())),
            null);
      }
      case AttemptInterrupted interrupted -> {
        interruptions++;
        stand(seq, RUNNING, "attempt interrupted: " + interrupted.reason(), null);
      }
      case Paused _ -> stand(seq, PAUSED, null, null);
      case Continued _ -> stand(seq, awaited == null ? RUNNING : awaits(), awaited, null);
      case Completed completed -> {
        tested(completed.receipt());
        artifacts = completed.receipt().deliverables();
        stand(seq, COMPLETED, null, at);
      }
      case Failed failed -> {
        tested(failed.receipt());
        stand(seq, FAILED, failed.reason(), at);
      }
      case Cancelled cancelled -> stand(seq, CANCELLED, cancelled.reason(), at);
      case Rehearsed _ -> stand(seq, REHEARSED, "nothing was executed", at);
    }
  }

  private WorkerPhase awaits() {
    return asked ? AWAITING_ANSWER : AWAITING_APPROVAL;
  }

  private static boolean isEnd(WorkerEvent event) {
    return event instanceof Completed
        || event instanceof Failed
        || event instanceof Cancelled
        || event instanceof Rehearsed;
  }

  /// A run only hears of an end that is in the journal: it must be there to be read.
  boolean lacksItsEnd() {
    return number > 0 && !ended;
  }

  void released() {
    released = true;
  }

  void settled(long seq, WorkerStatus status, Instant at) {
    if (attempt == 0 && status.phase() == COMPLETED) { // it is carried over
      artifacts = status.artifacts();
      weak = status.weak();
    }
    stand(
        seq, status.phase(), status.detail(), status.settledAt() == null ? at : status.settledAt());
  }

  void blocked(long seq, String by, Instant at) {
    stand(seq, BLOCKED, "blocked: " + by, at);
  }

  /// One that was not released is cancelled at once; one under way has to be told first.
  void cancelled(long seq, String by, Instant at) {
    if (phase == BLOCKED || (phase == ENLISTED && !released)) {
      stand(seq, CANCELLED, "cancelled by " + by, at);
    }
  }

  void take(Planned text) {
    if (!text.instructionDigest().equals(planned.instructionDigest())) earlierTexts = texts();
    planned = text;
  }

  /// Digests of the texts it has had, in that order; the last is the one it has.
  List<String> texts() {
    var all = new ArrayList<>(earlierTexts);
    all.add(planned.instructionDigest());
    return List.copyOf(all);
  }

  void asked(String child) {
    var all = new ArrayList<>(children);
    all.add(child);
    children = List.copyOf(all);
  }

  void dismiss() {
    dismissed = true;
  }

  boolean dismissed() {
    return dismissed;
  }

  void reopened(long seq) {
    released = false;
    children = List.of();
    stand(seq, ENLISTED, null, null);
  }

  private void stand(
      long seq, WorkerPhase phase, @Nullable String detail, @Nullable Instant settledAt) {
    if (seq < phaseSeq) return;
    this.phaseSeq = seq;
    this.phase = phase;
    this.detail = detail;
    this.settledAt = settledAt;
  }

  private void tested(@Nullable Receipt receipt) {
    if (receipt == null) return;
    weak = receipt.weak();
    testsRun = receipt.tests().size();
    testsPassed =
        (int)
            receipt.tests().stream().map(Receipt.Tested::result).filter(StepResult::passed).count();
  }

  Planned planned() {
    return planned;
  }

  WorkerPhase phase() {
    return phase;
  }

  /// Released and neither settled nor waiting for a decision or for others that are counted.
  boolean running() {
    return !phase.settled()
        && !awaitsSubs
        && !phase.awaitsPerson()
        && (released || phase != ENLISTED);
  }

  /// An earlier run has done it.
  boolean carriedOver() {
    return attempt == 0 && phase == COMPLETED;
  }

  /// The deliverables that stand: those of a worker that has completed.
  Delivery delivery() {
    var standing = phase == COMPLETED && !dismissed ? artifacts : List.<Artifact>of();
    // What its sub-workers delivered it has built upon.
    var rests = new ArrayList<>(planned.dependencies());
    rests.addAll(children);
    return new Delivery(planned.id(), rests, standing);
  }

  boolean weak() {
    return weak;
  }

  /// Whether the last that was decided for it was a no, or nobody's answer in time.
  boolean refused() {
    return refused;
  }

  /// What its models answered and cost, in all its attempts, by model.
  Map<String, ModelUse> used() {
    return used;
  }

  /// The same by the profile that was asked.
  Map<String, ModelUse> usedByProfile() {
    return usedByProfile;
  }

  private void spend(AgentStep.Use use) {
    used = ModelUse.with(used, use.provider() + "/" + use.model(), use);
    usedByProfile = ModelUse.with(usedByProfile, use.profile(), use);
  }

  int testsPassed() {
    return testsPassed;
  }

  int testsRun() {
    return testsRun;
  }

  boolean isBusy() {
    return waits.isBusy();
  }

  /// Since when it would have been at work if it had never waited; null while it does not work.
  @Nullable Instant busySince() {
    return startedAt == null || settledAt != null || !waits.isBusy()
        ? null
        : startedAt.plus(waits.until(startedAt));
  }

  /// How long it has worked; null before it began. Of one that is at work this is only what it was
  /// until now.
  @Nullable Double tookSeconds(Instant now) {
    if (startedAt == null) return null;
    var until = settledAt == null ? now : settledAt;
    return Math.max(0, Seconds.between(startedAt, until, until) - Seconds.of(waits.until(until)));
  }

  int place() {
    return place;
  }

  long number() {
    return number;
  }

  /// False when there is one already.
  boolean remember(Retrospective it) {
    var first = retrospective == null;
    retrospective = it;
    return first;
  }

  @Nullable Retrospective retrospective() {
    return retrospective;
  }

  WorkerView view(Instant now) {
    return new WorkerView(
        planned.id(),
        planned.title(),
        planned.wave(),
        phase,
        attempt,
        interruptions,
        node,
        detail,
        startedAt,
        settledAt,
        tookSeconds(now),
        weak,
        planned.dependencies(),
        ModelSpend.of(used),
        SubWorkerId.parent(planned.id()),
        children);
  }
}
