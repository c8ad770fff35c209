package dev.muster.node.worker;

import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerCommand.Assign;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The phases of a worker's life. Pure: no clock, no actor, no I/O.
sealed interface WorkerState {
  record Idle() implements WorkerState {}

  /// @param ordinal the block the attempt began or went on with
  /// @param lastNumber of the newest report that was persisted
  record Running(Life life, String node, String incarnation, int ordinal, int lastNumber)
      implements Busy {}

  record Validating(Life life, String node, String incarnation, int lastNumber) implements Busy {}

  record AwaitingApproval(
      Life life,
      String node,
      String incarnation,
      int lastNumber,
      int ordinal,
      String approval,
      String kind,
      Instant since)
      implements Living {}

  /// Between two attempts; the next starts not before `retryAt`.
  ///
  /// @param parked which models are used up; null when it does not wait for one
  /// @param subs sub-workers that it waits for; empty when it does not
  record Backoff(Life life, Instant retryAt, @Nullable String parked, List<String> subs)
      implements Living {
    public Backoff {
      subs = List.copyOf(subs);
    }

    boolean waits() {
      return parked != null || !subs.isEmpty();
    }

    Backoff(Life life, Instant retryAt) {
      this(life, retryAt, null, List.of());
    }

    static Backoff parked(Life life, AgentParked it) {
      var subs = it.awaits();
      return subs == null
          ? new Backoff(life, it.until(), it.why(), List.of())
          : new Backoff(life, it.until(), null, subs);
    }
  }

  /// @param awaited what it was waiting for when it was paused; null when it was not
  record Paused(Life life, @Nullable AwaitingApproval awaited) implements Living {}

  record Completed(Life life, Receipt receipt, Instant at) implements Satisfied {
    @Override
    public Completed inEpoch(int epoch) {
      return new Completed(life.inEpoch(epoch), receipt, at);
    }
  }

  record Failed(Life life, String reason, @Nullable Receipt receipt, Instant at)
      implements Settled {}

  record Cancelled(Life life, String reason, Instant at) implements Settled {}

  record Rehearsed(Life life, Instant at) implements Satisfied {
    @Override
    public Rehearsed inEpoch(int epoch) {
      return new Rehearsed(life.inEpoch(epoch), at);
    }
  }

  /// Assigned, so that there is a life to speak of.
  sealed interface Living extends WorkerState
      permits Busy, Settled, AwaitingApproval, Backoff, Paused {
    Life life();
  }

  /// An executor is at work for it.
  sealed interface Busy extends Living permits Running, Validating {
    String node();

    String incarnation();

    int lastNumber();
  }

  sealed interface Settled extends Living permits Satisfied, Failed, Cancelled {
    Instant at();
  }

  /// It is done, and not done again for the same text and the same inputs, whatever its run was
  /// told of it.
  sealed interface Satisfied extends Settled permits Completed, Rehearsed {
    Satisfied inEpoch(int epoch);

    default boolean stands(Assign assign) {
      return life().assignment().isSameWork(assign.assignment());
    }
  }

  /// Whether it goes on without a slot for most of the time: an agent does, and whoever waits for
  /// models or sub-workers.
  default boolean talks() {
    if (this instanceof Backoff backoff) return backoff.waits();
    return this instanceof Running running && running.life().agent().head() != null;
  }

  default WorkerState evolve(WorkerEvent event) {
    return switch (event) {
      case Assigned(var assignment, var epoch, var at) -> assigned(Life.of(assignment, epoch), at);
      case AttemptStarted started -> start(started);
      case StepFinished step -> count(step.number());
      case AgentStepped it -> step(it);
      case AgentParked it -> Backoff.parked(busy().life(), it);
      case ValidationStarted validation -> validate(validation.number());
      case OperationHeld held -> hold(held);
      case OperationDecided decided -> decide(decided);
      case AttemptFailed failed ->
          new Backoff(living().life().fail(failed.reason()), failed.retryAt());
      case AttemptInterrupted interrupted ->
          new Backoff(living().life().interrupt(), interrupted.retryAt());
      case WorkerEvent.Paused _ ->
          new Paused(living().life(), this instanceof AwaitingApproval awaited ? awaited : null);
      case Continued(var at) -> unpause(at);
      case WorkerEvent.Completed completed ->
          new Completed(busy().life(), completed.receipt(), completed.at());
      case WorkerEvent.Failed failed ->
          new Failed(living().life(), failed.reason(), failed.receipt(), failed.at());
      case WorkerEvent.Cancelled cancelled ->
          new Cancelled(living().life(), cancelled.reason(), cancelled.at());
      case WorkerEvent.Rehearsed(var at) -> new Rehearsed(living().life(), at);
      case Reopened reopened -> reopen(reopened);
    };
  }

  private WorkerState assigned(Life life, Instant at) {
    if (this instanceof Idle) return new Backoff(life, at);
    throw bad("be assigned");
  }

  private WorkerState start(AttemptStarted started) {
    if (!(this instanceof Backoff(var life, _, _, _))) throw bad("start an attempt");
    if (started.attempt() <= life.attempt()) throw bad("start attempt " + started.attempt());
    return new Running(
        life.begin(started.attempt(), started.at()), started.node(), started.incarnation(), 1, 0);
  }

  private WorkerState count(int number) {
    return switch (busy()) {
      case Running(var life, var node, var incarnation, var ordinal, _) ->
          new Running(life, node, incarnation, ordinal, number);
      case Validating(var life, var node, var incarnation, _) ->
          new Validating(life, node, incarnation, number);
    };
  }

  /// Also after tests, when something is to be repaired.
  private WorkerState step(AgentStepped it) {
    var busy = busy();
    var ordinal = busy instanceof Running running ? running.ordinal() : 1;
    return new Running(
        busy.life().step(it.step()), busy.node(), busy.incarnation(), ordinal, it.number());
  }

  private WorkerState validate(int number) {
    var busy = busy();
    return new Validating(busy.life(), busy.node(), busy.incarnation(), number);
  }

  private WorkerState hold(OperationHeld held) {
    var busy = busy();
    return new AwaitingApproval(
        busy.life().hold(held.frozen()),
        busy.node(),
        busy.incarnation(),
        held.number(),
        held.ordinal(),
        held.approval(),
        held.kind(),
        held.at());
  }

  private WorkerState decide(OperationDecided decided) {
    if (!(this instanceof AwaitingApproval waiting)) throw bad("hear " + decided.decision());
    var decision = Duration.between(waiting.since(), decided.at());
    var life = waiting.life().waitFor(decision.isNegative() ? Duration.ZERO : decision);
    return Enquiries.goesOn(waiting.kind(), decided.decision())
        ? new Running(
            life, waiting.node(), waiting.incarnation(), waiting.ordinal(), waiting.lastNumber())
        : new Backoff(life, decided.at()); // what follows in the same batch says how it ends
  }

  private WorkerState unpause(Instant at) {
    if (!(this instanceof Paused(var life, var awaited))) throw bad("be continued");
    return awaited == null ? new Backoff(life, at) : awaited;
  }

  private WorkerState reopen(Reopened reopened) {
    if (!(this instanceof Settled settled)) throw bad("be reopened");
    return new Backoff(
        settled.life().reopen(reopened.assignment(), reopened.epoch()), reopened.at());
  }

  private Living living() {
    if (this instanceof Living living && !(this instanceof Settled)) return living;
    throw bad("go on");
  }

  private Busy busy() {
    if (this instanceof Busy busy) return busy;
    throw bad("report");
  }

  private IllegalStateException bad(String what) {
    return new IllegalStateException("cannot " + what + " in " + this);
  }
}
