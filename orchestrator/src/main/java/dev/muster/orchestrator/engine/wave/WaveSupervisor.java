package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.wave.RunState.Absent;
import dev.muster.orchestrator.engine.wave.Spawner.Answer;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Create;
import dev.muster.protocol.run.RunCommand.Forget;
import dev.muster.protocol.run.RunCommand.GateAnswered;
import dev.muster.protocol.run.RunCommand.GateReady;
import dev.muster.protocol.run.RunCommand.HeadroomChanged;
import dev.muster.protocol.run.RunCommand.Notice;
import dev.muster.protocol.run.RunCommand.Remind;
import dev.muster.protocol.run.RunCommand.Request;
import dev.muster.protocol.run.RunCommand.Resume;
import dev.muster.protocol.run.RunCommand.Retry;
import dev.muster.protocol.run.RunCommand.Spawn;
import dev.muster.protocol.run.RunCommand.Tick;
import dev.muster.protocol.run.RunCommand.Wake;
import dev.muster.protocol.run.RunCommand.WaveDecided;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// Carries one run: persists what has settled, asks the policy what may go on, and tells workers.
///
/// It holds the plan and never the texts. A tell may be lost, so what it wants is told again until
/// a worker's own report agrees; and everything it does after persisting may be done twice.
public final class WaveSupervisor
    extends EventSourcedBehaviorWithEnforcedReplies<RunCommand, RunEvent, RunState> {
  private final ActorContext<RunCommand> context;
  private final Messenger messenger;
  private final Believing believing;
  private final Spawner spawner;
  private final Sequel sequel;
  private final InstantSource clock;
  private final String node;
  private final int snapshotEvery;
  private final Outlook outlook = new Outlook();

  private boolean gateIsReady;
  private boolean takenUp;

  /// @param node the name of the node this supervisor lives on, for the journal
  /// @param snapshotEvery so many events
  public static Behavior<RunCommand> create(
      String run,
      RunLinks links,
      RunListener listener,
      InstantSource clock,
      String node,
      int snapshotEvery) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new WaveSupervisor(
                context,
                timers,
                Messenger.of(run, context, links, listener),
                clock,
                node,
                snapshotEvery)));
  }

  private WaveSupervisor(
      ActorContext<RunCommand> context,
      TimerScheduler<RunCommand> timers,
      Messenger messenger,
      InstantSource clock,
      String node,
      int snapshotEvery) {
    super(
        PersistenceId.of(RunCommand.TYPE_KEY.name(), messenger.run()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.context = context;
    this.messenger = messenger;
    this.believing = messenger.believing();
    this.spawner = new Spawner(messenger.links(), believing);
    this.sequel = new Sequel(messenger, outlook, clock, timers);
    this.clock = clock;
    this.node = node;
    this.snapshotEvery = snapshotEvery;
  }

  @Override
  public RunState emptyState() {
    return new Absent();
  }

  @Override
  public EventHandler<RunState, RunEvent> eventHandler() {
    return (state, event) -> state.evolve(event, messenger.links()::plan);
  }

  @Override
  public SignalHandler<RunState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), sequel::recovered)
        .build();
  }

  @Override
  public SnapshotAdapter<RunState> snapshotAdapter() {
    return RunSnapshot.adapter(messenger.links()::plan);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, 1);
  }

  private record Step(RunState state, RunCommand command) {}

  @Override
  public CommandHandlerWithReply<RunCommand, RunEvent, RunState> commandHandler() {
    return (state, command) ->
        switch (new Step(state, command)) {
          case Step(Absent _, Create create) -> begin(create);
          case Step(Absent _, Request request) -> unknown(request.replyTo());
          case Step(Absent _, Notice _) -> Effect().noReply();

          case Step(Carried carried, Resume resume) ->
              resume(carried, resume, rule(carried, resume));
          case Step(Carried carried, Retry retry) -> retry(carried, retry, rule(carried, retry));
          case Step(Carried carried, Request request) ->
              carryOut(carried, rule(carried, request), request);

          case Step(Absent _, Spawn spawn) -> unknown(spawn.replyTo());
          case Step(Carried carried, Spawn spawn) -> spawn(carried, spawn);
          case Step(Carried carried, WorkerReported report) -> take(carried, report);
          case Step(Carried carried, WaveDecided decided) ->
              persistAny(carried, WaveGates.decided(carried, decided, clock.instant()));
          case Step(Carried carried, GateAnswered answered) ->
              persistAny(carried, WaveGates.answered(carried, answered, clock.instant()));
          case Step(Carried carried, Wake _) -> wake(carried);
          case Step(Carried carried, Tick _) -> look(carried);
          case Step(Carried carried, Remind _) -> remind(carried);
          case Step(Carried _, GateReady _) -> gateReady();
          case Step(_, HeadroomChanged(var view)) -> headroomChanged(view);
          case Step(var run, Forget forget) -> forget(run, forget);
        };
  }

  // --- the life of the run ---

  private ReplyEffect<RunEvent, RunState> begin(Create create) {
    var events = Beginning.events(messenger.run(), create, messenger.links(), clock.instant());
    if (events == null) {
      return refuse(create, "Expected a plan that is stored, but found none of that digest.");
    }
    takenUp = true;
    return Effect()
        .persist(events)
        .thenRun(next -> sequel.began((Carried) next, events, lastSequenceNumber(context)))
        .thenReply(create.replyTo(), this::answer);
  }

  private ReplyEffect<RunEvent, RunState> wake(Carried state) {
    if (takenUp || state.finished()) return Effect().noReply();
    return persist(state, List.of(takeUp())).thenNoReply();
  }

  private RunEvent takeUp() {
    takenUp = true;
    return new RunContinued(node, clock.instant());
  }

  private ReplyEffect<RunEvent, RunState> forget(RunState run, Forget forget) {
    return run instanceof Carried carried && !carried.finished()
        ? Effect().reply(forget.replyTo(), StatusReply.error("Expected a run that has ended."))
        : Effect().stop().thenReply(forget.replyTo(), _ -> StatusReply.ack());
  }

  private ReplyEffect<RunEvent, RunState> gateReady() {
    gateIsReady = true;
    return lookSoon();
  }

  private ReplyEffect<RunEvent, RunState> headroomChanged(ClusterView view) {
    outlook.see(view);
    return lookSoon();
  }

  private ReplyEffect<RunEvent, RunState> lookSoon() {
    sequel.lookSoon();
    return Effect().noReply();
  }

  // --- releasing ---

  /// A run that nobody has taken up (an operator only asked about it) is looked at, not carried on.
  private ReplyEffect<RunEvent, RunState> look(Carried state) {
    sequel.looked();
    var round = outlook.round(state, takenUp && gateIsReady, clock.instant());
    if (outlook.hasMore()) sequel.lookSoon();
    round.gates().forEach(wave -> messenger.requestGate(state, wave));
    if (!round.events().isEmpty()) return persisted(round.events()).thenNoReply();
    if (takenUp && gateIsReady && !state.finished()) sequel.summariseIfDue(state);
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> remind(Carried state) {
    if (!takenUp || state.finished()) return Effect().noReply();
    messenger.openGate(state);
    messenger.remind(state, lastSequenceNumber(context));
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> take(Carried state, WorkerReported report) {
    if (!believing.believes(state, report)) return Effect().noReply();
    outlook.hear(state, report);
    return lookSoon();
  }

  private ReplyEffect<RunEvent, RunState> spawn(Carried state, Spawn spawn) {
    return switch (spawner.answer(state, spawn, clock.instant())) {
      case Answer.Later _ -> Effect().noReply();
      case Answer.Now(var reply) -> Effect().reply(spawn.replyTo(), reply);
      case Answer.Once(var events) ->
          persist(state, events)
              .thenReply(
                  spawn.replyTo(),
                  next -> StatusReply.success(Spawning.answer((Carried) next, spawn)));
    };
  }

  // --- what operators want ---

  private Ruling rule(Carried state, Request request) {
    return Steering.rule(state, request, () -> outlook.headroom(state), clock.instant());
  }

  private ReplyEffect<RunEvent, RunState> carryOut(Carried state, Ruling ruling, Request request) {
    return switch (ruling) {
      case Ruling.Refused(var why) -> refuse(request, why);
      case Ruling.AlreadySo _ -> Effect().reply(request.replyTo(), answer(state));
      case Ruling.Granted(var event) ->
          persist(state, messenger.settled(state, event, clock.instant()))
              .thenReply(request.replyTo(), this::answer);
    };
  }

  /// Asking for a run to go on takes it up, also when nothing was paused.
  private ReplyEffect<RunEvent, RunState> resume(Carried state, Resume resume, Ruling ruling) {
    if (takenUp || state.finished() || ruling instanceof Ruling.Refused) {
      return carryOut(state, ruling, resume);
    }
    var events = new ArrayList<>(List.of(takeUp()));
    if (ruling instanceof Ruling.Granted(var event)) events.add(event);
    return persist(state, events).thenReply(resume.replyTo(), this::answer);
  }

  private ReplyEffect<RunEvent, RunState> retry(Carried state, Retry retry, Ruling ruling) {
    if (ruling instanceof Ruling.Granted) {
      takenUp |= messenger.links().workersAreHosted();
      outlook.forgetSummary();
      messenger.openGate(state); // nobody has opened it if the run had ended when it was recovered
    }
    return carryOut(state, ruling, retry);
  }

  // --- persisting, and what follows ---

  private ReplyEffect<RunEvent, RunState> persistAny(Carried state, List<RunEvent> causes) {
    return causes.isEmpty() ? Effect().noReply() : persist(state, causes).thenNoReply();
  }

  private EffectBuilder<RunEvent, RunState> persist(Carried state, List<RunEvent> causes) {
    return persisted(Consequences.of(state, causes, outlook.headroomSamples(), clock.instant()));
  }

  private EffectBuilder<RunEvent, RunState> persisted(List<RunEvent> events) {
    return Effect()
        .persist(events)
        .thenRun(next -> sequel.persisted((Carried) next, events, lastSequenceNumber(context)));
  }

  private StatusReply<RunStatus> answer(RunState state) {
    var status = outlook.status((Carried) state, clock.instant());
    return StatusReply.success(status.carried(takenUp));
  }

  private ReplyEffect<RunEvent, RunState> refuse(Request request, String why) {
    return Effect().reply(request.replyTo(), StatusReply.error(why));
  }

  private <T> ReplyEffect<RunEvent, RunState> unknown(ActorRef<StatusReply<T>> replyTo) {
    var why = "Expected the id of a run, but there is none named " + messenger.run() + ".";
    return Effect().reply(replyTo, StatusReply.error(why));
  }
}
