package dev.muster.orchestrator.readside.table;

import static dev.muster.protocol.worker.WorkerPhase.BLOCKED;
import static dev.muster.protocol.worker.WorkerPhase.CANCELLED;
import static dev.muster.protocol.worker.WorkerPhase.COMPLETED;
import static dev.muster.protocol.worker.WorkerPhase.ENLISTED;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.orchestrator.readside.view.Delivery;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.view.ModelSpend;
import dev.muster.protocol.view.Seconds;
import dev.muster.protocol.view.WorkerView;
import dev.muster.protocol.worker.Artifact;
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
import org.jspecify.annotations.Nullable;

/// What the journal says about one worker, from its own events and from its run's. It is kept as
/// its fields are.
final class WorkerProjection {
  private final int place;
  private Planned planned;

  /// Digests of the texts it had before the one it has.
  private List<String> earlierTexts = List.of();

  /// Of its own events, the last that was taken in.
  private long number;

  private Standing standing = new Standing();
  private boolean released;
  private int attempt;
  private int interruptions;
  private @Nullable String node;
  private @Nullable Instant startedAt;
  private List<Artifact> artifacts = List.of();
  private WaitTimes waits = new WaitTimes();
  private @Nullable Retrospective retrospective;
  private VerdictCounts verdict = new VerdictCounts();
  private ModelsUsed used = new ModelsUsed();

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
    ended |= isEnd(event);
    waits.apply(event);
    standing.apply(seq, event);
    switch (event) {
      case AttemptStarted started -> {
        attempt = started.attempt();
        node = started.node();
        if (startedAt == null) startedAt = started.at();
      }
      case AgentStepped(_, _, var step, _) -> {
        if (step.use() != null) used.add(step.use());
      }
      case AttemptFailed failed -> verdict.take(failed.receipt());
      case AttemptInterrupted _ -> interruptions++;
      case Completed completed -> {
        verdict.take(completed.receipt());
        artifacts = completed.receipt().deliverables();
      }
      case Failed failed -> verdict.take(failed.receipt());
      case Reopened _ -> {
        interruptions = 0;
        ended = false;
      }
      case Assigned _, StepFinished _, AgentParked _, OperationHeld _, OperationDecided _ -> {}
      case ValidationStarted _, Paused _, Continued _, Cancelled _, Rehearsed _ -> {}
    }
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
      verdict.carriedOver(status.weak());
    }
    var since = status.settledAt() == null ? at : status.settledAt();
    standing.settled(seq, status.phase(), status.detail(), since);
  }

  void blocked(long seq, String by, Instant at) {
    standing.settled(seq, BLOCKED, "blocked: " + by, at);
  }

  /// One that was not released is cancelled at once; one under way has to be told first.
  void cancelled(long seq, String by, Instant at) {
    if (phase() == BLOCKED || (phase() == ENLISTED && !released)) {
      standing.settled(seq, CANCELLED, "cancelled by " + by, at);
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
    standing.at(seq, ENLISTED, null);
  }

  Planned planned() {
    return planned;
  }

  WorkerPhase phase() {
    return standing.phase();
  }

  /// Released and neither settled nor waiting for a decision or for others that are counted.
  boolean running() {
    return !phase().settled()
        && !standing.awaitsSubs()
        && !phase().awaitsPerson()
        && (released || phase() != ENLISTED);
  }

  /// An earlier run has done it.
  boolean carriedOver() {
    return attempt == 0 && phase() == COMPLETED;
  }

  /// The deliverables that stand: those of a worker that has completed.
  Delivery delivery() {
    var delivered = phase() == COMPLETED && !dismissed ? artifacts : List.<Artifact>of();
    // What its sub-workers delivered it has built upon.
    var rests = new ArrayList<>(planned.dependencies());
    rests.addAll(children);
    return new Delivery(planned.id(), rests, delivered);
  }

  boolean weak() {
    return verdict.weak();
  }

  /// Whether the last that was decided for it was a no, or nobody's answer in time.
  boolean refused() {
    return standing.refused();
  }

  ModelsUsed used() {
    return used;
  }

  int testsPassed() {
    return verdict.testsPassed();
  }

  int testsRun() {
    return verdict.testsRun();
  }

  boolean isBusy() {
    return waits.isBusy();
  }

  /// Since when it would have been at work if it had never waited; null while it does not work.
  @Nullable Instant busySince() {
    return startedAt == null || standing.settledAt() != null || !waits.isBusy()
        ? null
        : startedAt.plus(waits.until(startedAt));
  }

  /// How long it has worked; null before it began. Of one that is at work this is only what it was
  /// until now.
  @Nullable Double tookSeconds(Instant now) {
    if (startedAt == null) return null;
    var settledAt = standing.settledAt();
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
        phase(),
        attempt,
        interruptions,
        node,
        standing.detail(),
        startedAt,
        standing.settledAt(),
        tookSeconds(now),
        weak(),
        planned.dependencies(),
        ModelSpend.of(used.byModel()),
        SubWorkerId.parent(planned.id()),
        children);
  }
}
