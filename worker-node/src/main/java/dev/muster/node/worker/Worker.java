package dev.muster.node.worker;

import dev.muster.node.executor.Executor;
import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.node.worker.WorkerState.Idle;
import dev.muster.node.worker.WorkerState.Living;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.node.worker.WorkerState.Running;
import dev.muster.node.worker.WorkerState.Satisfied;
import dev.muster.node.worker.WorkerState.Settled;
import dev.muster.protocol.RetryPolicy;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.BackoffElapsed;
import dev.muster.protocol.worker.WorkerCommand.Decided;
import dev.muster.protocol.worker.WorkerCommand.Describe;
import dev.muster.protocol.worker.WorkerCommand.Report;
import dev.muster.protocol.worker.WorkerCommand.Rest;
import dev.muster.protocol.worker.WorkerCommand.SubsSettled;
import dev.muster.protocol.worker.WorkerEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// The sharded entity that carries one instruction through one run.
///
/// The journal is the truth and the executor a helper that may be lost: recovered on the node's
/// same incarnation the worker asks for its attempt, elsewhere the attempt counts as interrupted
/// and the next one starts. It completes only on a receipt of the runtime's own tests, and only
/// once.
public final class Worker
    extends EventSourcedBehaviorWithEnforcedReplies<WorkerCommand, WorkerEvent, WorkerState> {
  private final Alarms alarms;
  private final Messenger messenger;
  private final Consequences consequences;
  private final Witness witness;
  private final Departures departures;
  private final Entering entering;
  private final InstantSource clock;

  /// The newest wish that was heard; not journalled, since the run repeats it.
  private long revision;

  /// @param entityId as [WorkerAddress] reads it; the journal is found without its labels
  public static Behavior<WorkerCommand> create(
      String entityId,
      ActorRef<ClusterSharding.ShardCommand> shard,
      ActorRef<Executor.Command> executor,
      WorkerLinks links,
      NodeIdentity node,
      RetryPolicy retries,
      Witness witness,
      Departures departures,
      InstantSource clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new Worker(
                new Alarms(timers, retries.limit()),
                new Messenger(entityId, context, shard, executor, links),
                new Consequences(node, retries),
                witness,
                departures,
                clock)));
  }

  private Worker(
      Alarms alarms,
      Messenger messenger,
      Consequences consequences,
      Witness witness,
      Departures departures,
      InstantSource clock) {
    super(
        PersistenceId.of(WorkerCommand.TYPE_KEY.name(), messenger.key()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.alarms = alarms;
    this.messenger = messenger;
    this.consequences = consequences;
    this.witness = witness;
    this.departures = departures;
    this.entering = new Entering(alarms, messenger, consequences, departures, clock);
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
        .onSignal(RecoveryCompleted.instance(), entering::recovered)
        .onSignal(PostStop.instance(), entering::stopped)
        .build();
  }

  /// Its life is short: looking for a snapshot would cost more than its events do.
  @Override
  public String snapshotPluginId() {
    return "pekko.persistence.no-snapshot-store";
  }

  private record Step(WorkerState state, WorkerCommand command) {}

  /// The whole life of a worker, one line per case. The compiler rejects a missing one.
  @Override
  public CommandHandlerWithReply<WorkerCommand, WorkerEvent, WorkerState> commandHandler() {
    return (state, command) ->
        switch (new Step(state, command)) {
          case Step(_, Describe(var replyTo)) -> Effect().reply(replyTo, Statuses.of(state));
          // Sealed for another, and sent on to this one by somebody who may not say it.
          case Step(_, Assign assign) when !isMine(assign) -> Effect().noReply();
          case Step(_, Assign assign) when assign.revision() < revision -> Effect().noReply();

          case Step(Idle _, Assign assign) -> assign(assign);
          case Step(Satisfied done, Assign assign) when done.stands(assign) ->
              tellRun(done.inEpoch(assign.epoch()));
          case Step(Living living, Assign assign) when assign.epoch() > living.life().epoch() ->
              reopen(living, assign);
          case Step(Busy busy, Assign assign) -> steer(busy, assign);
          case Step(AwaitingApproval waiting, Assign assign) -> steer(waiting, assign);
          case Step(Backoff backoff, Assign assign) -> steer(backoff, assign);
          case Step(Paused paused, Assign assign) -> steer(paused, assign);
          case Step(Settled settled, Assign _) -> tellRun(settled);

          case Step(Busy busy, Report report) when isNews(busy, report) ->
              witness.believes(busy, report) ? take(busy, report) : Effect().noReply();
          case Step(_, Report stale) -> Effect().reply(stale.replyTo(), Done.getInstance());

          case Step(AwaitingApproval waiting, Decided decided)
              when waiting.approval().equals(decided.approval()) ->
              begin(decided, consequences.decided(waiting, decided, clock.instant()));
          case Step(_, Decided _) -> Effect().noReply();

          case Step(Backoff backoff, BackoffElapsed elapsed)
              when elapsed.attempt() == backoff.life().attempt() ->
              begin(elapsed, consequences.elapsed(backoff, clock.instant()));
          case Step(_, BackoffElapsed _) -> Effect().noReply();

          case Step(Backoff backoff, SubsSettled settled) when !backoff.subs().isEmpty() ->
              begin(settled, consequences.elapsed(backoff, clock.instant()));
          case Step(_, SubsSettled _) -> Effect().noReply();

          case Step(_, Rest _) -> {
            if (Alarms.mayRest(state)) messenger.rest();
            yield Effect().noReply();
          }
        };
  }

  // --- what the run wants ---

  private boolean isMine(Assign assign) {
    return assign.assignment().entityId().equals(messenger.entityId());
  }

  private ReplyEffect<WorkerEvent, WorkerState> assign(Assign assign) {
    revision = assign.revision();
    return begin(assign, consequences.assigned(assign, clock.instant()));
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(Busy busy, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case RUN -> {
        messenger.askFor(busy);
        yield tellRun(busy);
      }
      case PAUSE -> halt(busy, paused());
      case CANCEL -> halt(busy, cancelled());
    };
  }

  /// Pause and cancel race with the attempt's end. Whichever is persisted first wins here; a report
  /// that comes later finds no attempt of its number running.
  private ReplyEffect<WorkerEvent, WorkerState> halt(Busy busy, WorkerEvent event) {
    messenger.cancel(busy);
    return enter(List.of(event));
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(AwaitingApproval waiting, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case RUN -> {
        messenger.watch(waiting);
        yield tellRun(waiting);
      }
      case PAUSE -> enter(List.of(paused()));
      case CANCEL -> {
        messenger.withdraw(waiting);
        yield enter(List.of(cancelled()));
      }
    };
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(Backoff backoff, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case RUN -> tellRun(backoff);
      case PAUSE -> enter(List.of(paused()));
      case CANCEL -> enter(List.of(cancelled()));
    };
  }

  private ReplyEffect<WorkerEvent, WorkerState> steer(Paused paused, Assign assign) {
    revision = assign.revision();
    return switch (assign.wish()) {
      case PAUSE -> tellRun(paused);
      case CANCEL -> {
        if (paused.awaited() != null) messenger.withdraw(paused.awaited());
        yield enter(List.of(cancelled()));
      }
      case RUN -> begin(assign, consequences.continued(paused, clock.instant()));
    };
  }

  /// Retried. One that goes on still was cancelled while no node was there to tell it so.
  private ReplyEffect<WorkerEvent, WorkerState> reopen(Living living, Assign assign) {
    revision = assign.revision();
    if (living instanceof Busy busy) messenger.cancel(busy);
    return begin(assign, consequences.reopened(living, assign, clock.instant()));
  }

  private WorkerEvent paused() {
    return new WorkerEvent.Paused(clock.instant());
  }

  private WorkerEvent cancelled() {
    return consequences.cancelled(clock.instant());
  }

  // --- what the executor reports ---

  private static boolean isNews(Busy busy, Report report) {
    return report.attempt() == busy.life().attempt() && report.number() > busy.lastNumber();
  }

  private ReplyEffect<WorkerEvent, WorkerState> take(Busy busy, Report report) {
    var persisted = Effect().persist(consequences.reported(busy, report, clock.instant()));
    // A finished step changes nothing that anybody else would have to hear of.
    var isStep =
        report.report() instanceof AttemptReport.StepDone
            || (busy instanceof Running && report.report() instanceof AttemptReport.Stepped);
    var heard = isStep ? persisted : persisted.thenRun(entering::entered);
    // Whose slot is free from now on: others may be released.
    var begunToTalk =
        !busy.talks()
            && report.report() instanceof AttemptReport.Stepped
            && busy instanceof Running;
    return (begunToTalk ? heard.thenRun(messenger::report) : heard)
        .thenReply(report.replyTo(), _ -> Done.getInstance());
  }

  // --- entering a state ---

  /// What may set an executor to work. In a shard that is about to leave, the worker hears of it
  /// again; in its new home from whoever told it here.
  private ReplyEffect<WorkerEvent, WorkerState> begin(
      WorkerCommand because, List<WorkerEvent> events) {
    var begins = Consequences.begins(events);
    if (!begins || departures.mayBegin(messenger.entityId())) return enter(events);
    alarms.hearAgain(because);
    return Effect().noReply();
  }

  /// Persists, then does what the new state needs. Everything it does may be done twice.
  private ReplyEffect<WorkerEvent, WorkerState> enter(List<WorkerEvent> events) {
    return Effect().persist(events).thenRun(entering::entered).thenNoReply();
  }

  private ReplyEffect<WorkerEvent, WorkerState> tellRun(Living state) {
    entering.again(state);
    return Effect().noReply();
  }
}
