package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.wave.RunState.Absent;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.run.DoneBefore;
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
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.Spawned;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private final Attention attention;
  private final Messenger messenger;
  private final Believing believing;
  private final InstantSource clock;
  private final String node;
  private final int snapshotEvery;
  private final Outlook outlook = new Outlook();

  private boolean gateIsReady;
  private boolean lookIsDue;
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
                new Messenger(
                    run,
                    context,
                    links,
                    listener,
                    new Inheritance(handovers -> links.store(run, handovers))),
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
    this.attention = new Attention(timers, messenger);
    this.messenger = messenger;
    this.believing =
        new Believing(
            messenger.run(), messenger.links(), messenger.inheritance(), context.getSelf());
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
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  @Override
  public SnapshotAdapter<RunState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(RunState state) {
        return RunSnapshot.of((Carried) state);
      }

      @Override
      public RunState fromJournal(Object snapshot) {
        return ((RunSnapshot) snapshot).restored(messenger.links()::plan);
      }
    };
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
          case Step(Absent _, Request request) -> unknown(request);
          case Step(Absent _, Notice _) -> Effect().noReply();

          case Step(Carried carried, Resume resume) ->
              resume(carried, resume, rule(carried, resume));
          case Step(Carried carried, Retry retry) -> retry(carried, retry, rule(carried, retry));
          case Step(Carried carried, Request request) ->
              carryOut(carried, rule(carried, request), request);

          case Step(Absent _, Spawn spawn) ->
              Effect().reply(spawn.replyTo(), StatusReply.error(nobody()));
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
    var plan = messenger.links().plan(create.plan());
    var digest = create.doneBefore();
    var before = digest == null ? DoneBefore.NOTHING : messenger.links().doneBefore(digest);
    if (plan == null || before == null) {
      return Effect()
          .reply(
              create.replyTo(),
              StatusReply.error("Expected a plan that is stored, but found none of that digest."));
    }
    takenUp = true;
    var events = Beginning.events(messenger.run(), create, plan, before, clock.instant());
    return Effect()
        .persist(events)
        .thenRun(next -> began((Carried) next, events))
        .thenReply(create.replyTo(), this::answer);
  }

  /// With what an earlier run has done some have settled, and perhaps all.
  private void began(Carried state, List<RunEvent> events) {
    open(state);
    var revision = lastSequenceNumber(context);
    for (var event : events) {
      if (event instanceof WorkerSettled) messenger.tell(state, event, revision);
    }
    if (state.finished()) summariseIfDue(state);
  }

  private void recovered(RunState state) {
    if (!(state instanceof Carried carried)) return;
    open(carried);
    if (carried.finished()) outlook.leaveSummary(carried);
  }

  private void open(Carried state) {
    attention.begin(state);
    if (state.finished()) messenger.closeApprovals(state);
    else messenger.openGate(state);
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
    lookSoon();
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> headroomChanged(ClusterView view) {
    outlook.see(view);
    lookSoon();
    return Effect().noReply();
  }

  // --- releasing ---

  private void lookSoon() {
    if (lookIsDue) return;
    lookIsDue = true;
    context.getSelf().tell(new Tick());
  }

  /// A run that nobody has taken up (an operator only asked about it) is looked at, not carried on.
  private ReplyEffect<RunEvent, RunState> look(Carried state) {
    lookIsDue = false;
    var round = outlook.round(state, takenUp && gateIsReady, clock.instant());
    if (outlook.hasMore()) lookSoon();
    round.gates().forEach(wave -> messenger.requestGate(state, wave));
    if (!round.events().isEmpty()) return persisted(round.events()).thenNoReply();
    if (takenUp && gateIsReady && !state.finished()) summariseIfDue(state);
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> remind(Carried state) {
    if (!takenUp || state.finished()) return Effect().noReply();
    messenger.openGate(state);
    messenger.remind(state, lastSequenceNumber(context));
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> take(Carried state, WorkerReported report) {
    if (!WorkerReports.isNews(state, report)) {
      believing.forget(report);
      return Effect().noReply();
    }
    if (report.status().phase().settled() && !believing.isTrue(state, report)) {
      return Effect().noReply();
    }
    outlook.hear(state, report);
    lookSoon();
    return Effect().noReply();
  }

  /// Whoever asks again after a crash hears of those it had asked for.
  private ReplyEffect<RunEvent, RunState> spawn(Carried state, Spawn spawn) {
    return switch (Spawning.rule(state, spawn, messenger.links().subWorkers())) {
      case Spawning.Ruling.Told(var answer) -> told(spawn, answer);
      case Spawning.Ruling.NotNow(var why) ->
          Effect().reply(spawn.replyTo(), StatusReply.error("Expected one under way: " + why));
      case Spawning.Ruling.Fresh fresh ->
          switch (believing.asks(spawn)) {
            case LATER -> Effect().noReply();
            case NO ->
                Effect()
                    .reply(
                        spawn.replyTo(),
                        StatusReply.error("Expected one whose journal says that it asks."));
            case YES -> sow(state, spawn, fresh);
          };
    };
  }

  private ReplyEffect<RunEvent, RunState> sow(
      Carried state, Spawn spawn, Spawning.Ruling.Fresh fresh) {
    var agents = state.created().settings().agents();
    var sown = messenger.links().sowing().sow(fresh.parent(), agents, fresh.wanted());
    if (sown.refusal() != null) return told(spawn, Spawned.refused(sown.refusal()));
    return persist(state, Spawning.events(spawn, sown.planned(), clock.instant()))
        .thenReply(
            spawn.replyTo(), next -> StatusReply.success(Spawning.answer((Carried) next, spawn)));
  }

  private ReplyEffect<RunEvent, RunState> told(Spawn spawn, Spawned answer) {
    return Effect().reply(spawn.replyTo(), StatusReply.success(answer));
  }

  // --- what operators want ---

  private Ruling rule(Carried state, Request request) {
    return Steering.rule(state, request, () -> outlook.headroom(state), clock.instant());
  }

  private ReplyEffect<RunEvent, RunState> carryOut(Carried state, Ruling ruling, Request request) {
    return switch (ruling) {
      case Ruling.Refused(var why) -> Effect().reply(request.replyTo(), StatusReply.error(why));
      case Ruling.AlreadySo _ -> Effect().reply(request.replyTo(), answer(state));
      case Ruling.Granted(var event) ->
          persist(state, settledAtOnce(state, event)).thenReply(request.replyTo(), this::answer);
    };
  }

  private List<RunEvent> settledAtOnce(Carried state, RunEvent event) {
    return messenger.links().workersAreHosted()
        ? List.of(event)
        : WorkerReports.withoutNodes(state, event, clock.instant());
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
    return Effect().persist(events).thenRun(next -> follow((Carried) next, events));
  }

  private void follow(Carried state, List<RunEvent> events) {
    var revision = lastSequenceNumber(context);
    events.forEach(event -> messenger.tell(state, event, revision));
    attention.pay(state);
    lookSoon();
    summariseIfDue(state);
  }

  private void summariseIfDue(Carried state) {
    var due = outlook.summaryIfDue(state, clock.instant());
    if (due != null) messenger.summarise(due);
  }

  private StatusReply<RunStatus> answer(RunState state) {
    var status = outlook.status((Carried) state, clock.instant());
    return StatusReply.success(status.carried(takenUp));
  }

  private ReplyEffect<RunEvent, RunState> unknown(Request request) {
    return Effect().reply(request.replyTo(), StatusReply.error(nobody()));
  }

  private String nobody() {
    return "Expected the id of a run, but there is none named " + messenger.run() + ".";
  }
}
