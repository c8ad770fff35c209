package dev.muster.node.worker;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.node.worker.WorkerState.Cancelled;
import dev.muster.node.worker.WorkerState.Completed;
import dev.muster.node.worker.WorkerState.Failed;
import dev.muster.node.worker.WorkerState.Idle;
import dev.muster.node.worker.WorkerState.Living;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Rehearsed;
import dev.muster.node.worker.WorkerState.Running;
import dev.muster.node.worker.WorkerState.Settled;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.BackoffElapsed;
import dev.muster.protocol.worker.WorkerCommand.Decided;
import dev.muster.protocol.worker.WorkerCommand.Describe;
import dev.muster.protocol.worker.WorkerCommand.Report;
import dev.muster.protocol.worker.WorkerCommand.Rest;
import dev.muster.protocol.worker.WorkerEvent;
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
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sharded entity that carries one instruction through one run.
///
/// The journal is the truth and the executor a helper that may be lost: recovered on the node's
/// same incarnation the worker asks for its attempt, elsewhere the attempt counts as interrupted
/// and the next one starts. It completes only on a receipt of the runtime's own tests, and only
/// once.
public final class Worker
    extends EventSourcedBehaviorWithEnforcedReplies<WorkerCommand, WorkerEvent, WorkerState> {
  private static final Logger LOG = LoggerFactory.getLogger("muster.workforce");
  private static final Duration REST_AFTER = Duration.ofSeconds(5);

  private final String entityId;
  private final ActorContext<WorkerCommand> context;
  private final TimerScheduler<WorkerCommand> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final ActorRef<Executor.Command> executor;
  private final WorkerLinks links;
  private final NodeIdentity node;
  private final RetryPolicy retries;
  private final InstantSource clock;

  /// The newest wish that was heard; not journalled, since the run repeats it.
  private long revision;

  /// @param entityId `<run>/WORKER_014`
  public static Behavior<WorkerCommand> create(
      String entityId,
      ActorRef<ClusterSharding.ShardCommand> shard,
      ActorRef<Executor.Command> executor,
      WorkerLinks links,
      NodeIdentity node,
      RetryPolicy retries,
      InstantSource clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new Worker(entityId, context, timers, shard, executor, links, node, retries, clock)));
  }

  private Worker(
      String entityId,
      ActorContext<WorkerCommand> context,
      TimerScheduler<WorkerCommand> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      ActorRef<Executor.Command> executor,
      WorkerLinks links,
      NodeIdentity node,
      RetryPolicy retries,
      InstantSource clock) {
    super(
        PersistenceId.of(WorkerCommand.TYPE_KEY.name(), entityId),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.entityId = entityId;
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.executor = executor;
    this.links = links;
    this.node = node;
    this.retries = retries;
    this.clock = clock;
  }

  @Override
  public WorkerState emptyState() {
    return new Idle();
  }

  @Override
  public EventHandler<WorkerState, WorkerEvent> eventHandler() {
    return WorkerState::evolve;
  }

  @Override
  public SignalHandler<WorkerState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(PostStop.instance(), this::stopped)
        .build();
  }

  private record Step(WorkerState state, WorkerCommand command) {}

  /// The whole life of a worker, one line per case. The compiler rejects a missing one.
  @Override
  public CommandHandlerWithReply<WorkerCommand, WorkerEvent, WorkerState> commandHandler() {
    return (state, command) ->
        switch (new Step(state, command)) {
          case Step(_, Describe(var replyTo)) -> Effect().reply(replyTo, Statuses.of(state));
          case Step(_, Assign assign) when assign.revision() < revision -> Effect().noReply();

          case Step(Idle _, Assign assign) -> begin(assign);
          case Step(Busy busy, Assign assign) -> steer(busy, assign);
          case Step(AwaitingApproval waiting, Assign assign) -> steer(waiting, assign);
          case Step(Backoff backoff, Assign assign) -> steer(backoff, assign);
          case Step(Paused paused, Assign assign) -> steer(paused, assign);
          case Step(Completed completed, Assign _) -> tellRun(completed);
          case Step(Rehearsed rehearsed, Assign _) -> tellRun(rehearsed);
          case Step(Failed failed, Assign assign) -> reopenIfAsked(failed, assign);
          case Step(Cancelled cancelled, Assign assign) -> reopenIfAsked(cancelled, assign);

          case Step(Busy busy, Report report) when isNews(busy, report) -> take(busy, report);
          case Step(_, Report stale) -> Effect().reply(stale.replyTo(), Done.getInstance());

          case Step(AwaitingApproval waiting, Decided decided)
              when waiting.approval().equals(decided.approval()) ->
              decided(waiting, decided);
          case Step(_, Decided _) -> Effect().noReply();

          case Step(Backoff backoff, BackoffElapsed(var attempt))
              when attempt == backoff.life().attempt() ->
              enter(List.of(attempt(attempt + 1)));
          case Step(_, BackoffElapsed _) -> Effect().noReply();

          case Step(AwaitingApproval _, Rest _) -> rest();
          case Step(Paused _, Rest _) -> rest();
          case Step(Settled _, Rest _) -> rest();
          case Step(Idle _, Rest _) -> Effect().noReply();
          case Step(Busy _, Rest _) -> Effect().noReply();
          case Step(Backoff _, Rest _) -> Effect().noReply();
        };
  }

  // --- what the run wants ---

  private ReplyEffect<WorkerEvent, WorkerState> begin(Assign assign) {
    revision = assign.revision();
    var now = clock.instant();
    var assigned = new Assigned(assign.assignment(), assign.epoch(), now);
    return enter(List.of(assigned, first(assign, 1)));
  }

  private WorkerEvent first(Assign assign, int attempt) {
    var now = clock.instant();
    return switch (assign.wish()) {
      case RUN ->
          assign.assignment().rehearse() ? new WorkerEvent.Rehearsed(now) : attempt(attempt);
      case PAUSE -> new WorkerEvent.Paused(now);
      case CANCEL -> cancelledEvent();
    };
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(Busy busy, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case RUN -> {
        executor.tell(askFor(busy));
        yield tellRun(busy);
      }
      case PAUSE -> halt(busy, new WorkerEvent.Paused(clock.instant()));
      case CANCEL -> halt(busy, cancelledEvent());
    };
  }

  /// Pause and cancel race with the attempt's end. Whichever is persisted first wins here; a report
  /// that comes later finds no attempt of its number running.
  private ReplyEffect<WorkerEvent, WorkerState> halt(Busy busy, WorkerEvent event) {
    executor.tell(new Executor.Cancel(entityId, busy.life().attempt()));
    return enter(List.of(event));
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(AwaitingApproval waiting, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case RUN -> {
        watch(waiting);
        yield tellRun(waiting);
      }
      case PAUSE -> enter(List.of(new WorkerEvent.Paused(clock.instant())));
      case CANCEL -> {
        withdraw(waiting);
        yield enter(List.of(cancelledEvent()));
      }
    };
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(Backoff backoff, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case RUN -> tellRun(backoff);
      case PAUSE -> enter(List.of(new WorkerEvent.Paused(clock.instant())));
      case CANCEL -> enter(List.of(cancelledEvent()));
    };
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(Paused paused, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case PAUSE -> tellRun(paused);
      case CANCEL -> {
        if (paused.awaited() != null) withdraw(paused.awaited());
        yield enter(List.of(cancelledEvent()));
      }
      case RUN -> enter(continued(paused));
    };
  }

  private List<WorkerEvent> continued(Paused paused) {
    var continued = new Continued(clock.instant());
    if (paused.awaited() != null) return List.of(continued);
    return List.of(
        continued,
        paused.life().assignment().rehearse()
            ? new WorkerEvent.Rehearsed(clock.instant())
            : attempt(paused.life().attempt() + 1));
  }

  private ReplyEffect<WorkerEvent, WorkerState> reopenIfAsked(Settled settled, Assign assign) {
    revision = assign.revision();
    if (assign.epoch() <= settled.life().epoch()) return tellRun(settled);
    return enter(
        List.of(
            new Reopened(assign.assignment(), assign.epoch(), clock.instant()),
            first(assign, settled.life().attempt() + 1)));
  }

  // --- what the executor reports ---

  private static boolean isNews(Busy busy, Report report) {
    return report.attempt() == busy.life().attempt() && report.number() > busy.lastNumber();
  }

  private ReplyEffect<WorkerEvent, WorkerState> take(Busy busy, Report report) {
    var now = clock.instant();
    var attempt = report.attempt();
    var number = report.number();
    return switch (report.report()) {
      case AttemptReport.StepDone(var result) ->
          Effect()
              .persist(new StepFinished(attempt, number, result, now))
              .thenReply(report.replyTo(), _ -> Done.getInstance());
      case AttemptReport.Validating _ ->
          enter(report, List.of(new ValidationStarted(attempt, number, now)));
      case AttemptReport.NeedsDecision it ->
          enter(
              report,
              List.of(
                  new OperationHeld(
                      attempt, number, it.ordinal(), it.approval(), it.kind(), it.digest(), now)));
      case AttemptReport.Succeeded(var receipt) ->
          enter(report, List.of(new WorkerEvent.Completed(attempt, receipt, now)));
      case AttemptReport.Unsuccessful it -> enter(report, List.of(retryOrFail(busy, it, now)));
      case AttemptReport.Interrupted(var reason) ->
          enter(report, interrupted(busy.life(), reason, now));
    };
  }

  private WorkerEvent retryOrFail(Busy busy, AttemptReport.Unsuccessful it, Instant now) {
    var life = busy.life();
    if (!it.retryable() || !life.mayTryAgain()) {
      return new WorkerEvent.Failed(life.attempt(), it.reason(), it.receipt(), now);
    }
    var pause = retries.pauseAfter(life.failures().size());
    return new AttemptFailed(life.attempt(), it.reason(), it.receipt(), now.plus(pause), now);
  }

  private List<WorkerEvent> interrupted(Life life, String reason, Instant now) {
    if (!life.mayBeInterruptedAgain()) {
      return List.of(
          new WorkerEvent.Failed(
              life.attempt(),
              "interrupted more than %d times, last because %s"
                  .formatted(Life.INTERRUPTIONS_MAX, reason),
              null,
              now));
    }
    var pause = retries.pauseAfter(life.interruptions());
    return List.of(new AttemptInterrupted(life.attempt(), reason, now.plus(pause), now));
  }

  // --- what the gate decides ---

  private ReplyEffect<WorkerEvent, WorkerState> decided(AwaitingApproval waiting, Decided it) {
    var now = clock.instant();
    var life = waiting.life();
    List<WorkerEvent> events = new ArrayList<>();
    events.add(
        new OperationDecided(life.attempt(), it.approval(), it.decision(), it.reason(), now));
    if (!it.decision().allows()) {
      var reason = "%s was %s: %s".formatted(waiting.kind(), it.decision(), it.reason());
      events.add(new WorkerEvent.Failed(life.attempt(), reason, null, now));
    } else if (!waiting.incarnation().equals(node.incarnation())) {
      // Its workspace went with the node; what the gate already let through is not run again.
      var why = waiting.node() + " stopped while it waited for a decision";
      events.add(new AttemptInterrupted(life.attempt(), why, now, now));
      events.add(attempt(life.attempt() + 1));
    }
    return enter(events);
  }

  // --- entering a state ---

  /// Persists, then does what the new state needs. Everything it does may be done twice.
  private ReplyEffect<WorkerEvent, WorkerState> enter(List<WorkerEvent> events) {
    return Effect().persist(events).thenRun(this::entered).thenNoReply();
  }

  private ReplyEffect<WorkerEvent, WorkerState> enter(Report report, List<WorkerEvent> events) {
    return Effect()
        .persist(events)
        .thenRun(this::entered)
        .thenReply(report.replyTo(), _ -> Done.getInstance());
  }

  private void entered(WorkerState state) {
    switch (state) {
      case Running running -> executor.tell(execute(running));
      case AwaitingApproval waiting -> watch(waiting);
      case Backoff backoff -> armTimer(backoff);
      case Idle _, WorkerState.Validating _, Paused _, Settled _ -> {}
    }
    restLater(state);
    report(state);
  }

  private void recovered(WorkerState state) {
    switch (state) {
      case Busy busy when busy.incarnation().equals(node.incarnation()) ->
          executor.tell(askFor(busy));
      case Busy busy -> context.getSelf().tell(lost(busy));
      case AwaitingApproval waiting -> watch(waiting);
      case Backoff backoff -> armTimer(backoff);
      case Idle _, Paused _, Settled _ -> {}
    }
    restLater(state);
    report(state);
  }

  /// The shard leaves this node, or the node stops: nothing may go on running for it here.
  private void stopped(WorkerState state) {
    if (state instanceof Busy busy) {
      executor.tell(new Executor.Cancel(entityId, busy.life().attempt()));
    }
  }

  private Report lost(Busy busy) {
    return new Report(
        busy.life().attempt(),
        busy.lastNumber() + 1,
        new AttemptReport.Interrupted(busy.node() + " stopped"),
        context.getSystem().<Done>ignoreRef());
  }

  private Executor.Execute execute(Running running) {
    return new Executor.Execute(
        running.life().assignment(),
        running.life().attempt(),
        running.life().epoch(),
        running.ordinal(),
        running.lastNumber() + 1,
        links.worker(entityId));
  }

  private Executor.AskFor askFor(Busy busy) {
    return new Executor.AskFor(
        entityId, busy.life().attempt(), busy.lastNumber() + 1, links.worker(entityId));
  }

  private void watch(AwaitingApproval waiting) {
    links
        .gate(waiting.life().assignment().run())
        .tell(new ApprovalCommand.Watch(waiting.approval()));
  }

  private void withdraw(AwaitingApproval waiting) {
    links
        .gate(waiting.life().assignment().run())
        .tell(
            new ApprovalCommand.Decide(
                waiting.approval(),
                Decision.REJECTED,
                "muster",
                "its worker was cancelled",
                null,
                context.getSystem().ignoreRef()));
  }

  private void armTimer(Backoff backoff) {
    var pause = Duration.between(clock.instant(), backoff.retryAt());
    timers.startSingleTimer(
        new BackoffElapsed(backoff.life().attempt()), pause.isNegative() ? Duration.ZERO : pause);
  }

  private void restLater(WorkerState state) {
    switch (state) {
      case AwaitingApproval _, Paused _, Settled _ ->
          timers.startSingleTimer(new Rest(), REST_AFTER);
      case Idle _, Busy _, Backoff _ -> timers.cancel(new Rest());
    }
  }

  private ReplyEffect<WorkerEvent, WorkerState> rest() {
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  private ReplyEffect<WorkerEvent, WorkerState> tellRun(Living state) {
    restLater(state);
    report(state);
    return Effect().noReply();
  }

  private void report(WorkerState state) {
    if (!(state instanceof Living living)) return;
    var assignment = living.life().assignment();
    var status = Statuses.of(state);
    links.run(assignment.run()).tell(new WorkerReported(assignment.worker(), status));
    if (status.phase() == WorkerPhase.FAILED) {
      LOG.warn("{} FAILED: {}", entityId, status.detail());
    } else {
      LOG.info("{} {} attempt {}", entityId, status.phase(), status.attempt());
    }
  }

  private AttemptStarted attempt(int number) {
    return new AttemptStarted(number, node.name(), node.incarnation(), clock.instant());
  }

  private WorkerEvent cancelledEvent() {
    return new WorkerEvent.Cancelled("cancelled by an operator", clock.instant());
  }
}
