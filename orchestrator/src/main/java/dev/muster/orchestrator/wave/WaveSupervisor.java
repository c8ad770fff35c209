package dev.muster.orchestrator.wave;

import dev.muster.orchestrator.retrospective.Retrospectives;
import dev.muster.orchestrator.wave.RunState.Absent;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunCommand.Cancel;
import dev.muster.protocol.run.RunCommand.Create;
import dev.muster.protocol.run.RunCommand.Describe;
import dev.muster.protocol.run.RunCommand.GateAnswered;
import dev.muster.protocol.run.RunCommand.GateReady;
import dev.muster.protocol.run.RunCommand.HeadroomChanged;
import dev.muster.protocol.run.RunCommand.LaunchWave;
import dev.muster.protocol.run.RunCommand.Pause;
import dev.muster.protocol.run.RunCommand.Remind;
import dev.muster.protocol.run.RunCommand.Resume;
import dev.muster.protocol.run.RunCommand.Retry;
import dev.muster.protocol.run.RunCommand.Tick;
import dev.muster.protocol.run.RunCommand.Wake;
import dev.muster.protocol.run.RunCommand.WaveDecided;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunContinued;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import dev.muster.protocol.run.RunEvent.WaveReleased;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/// Carries one run: persists what has settled, asks the policy what may go on, and tells workers.
///
/// It holds the plan and never the texts. A tell may be lost, so what it wants is told again until
/// a worker's own report agrees; and everything it does after persisting may be done twice.
public final class WaveSupervisor
    extends EventSourcedBehaviorWithEnforcedReplies<RunCommand, RunEvent, RunState> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration REMIND_EVERY = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final String run;
  private final ActorContext<RunCommand> context;
  private final RunLinks links;
  private final RunListener listener;
  private final InstantSource clock;
  private final String node;

  private final Live live = new Live();
  private ClusterView cluster = new ClusterView(List.of(), 0);
  private Release release = Release.NOTHING;
  private boolean gateIsReady;
  private boolean lookIsDue;
  private boolean takenUp;
  private @Nullable RunPhase summarised;

  /// @param node the name of the node this supervisor lives on, for the journal
  public static Behavior<RunCommand> create(
      String run, RunLinks links, RunListener listener, InstantSource clock, String node) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Tick(), LOOK_EVERY);
          timers.startTimerWithFixedDelay(new Remind(), REMIND_EVERY);
          return new WaveSupervisor(run, context, links, listener, clock, node);
        }));
  }

  private WaveSupervisor(
      String run,
      ActorContext<RunCommand> context,
      RunLinks links,
      RunListener listener,
      InstantSource clock,
      String node) {
    super(
        PersistenceId.of(RunCommand.TYPE_KEY.name(), run),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.run = run;
    this.context = context;
    this.links = links;
    this.listener = listener;
    this.clock = clock;
    this.node = node;
  }

  @Override
  public RunState emptyState() {
    return new Absent();
  }

  @Override
  public EventHandler<RunState, RunEvent> eventHandler() {
    return RunState::evolve;
  }

  @Override
  public SignalHandler<RunState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::afterRecovery)
        .build();
  }

  private record Step(RunState state, RunCommand command) {}

  @Override
  public CommandHandlerWithReply<RunCommand, RunEvent, RunState> commandHandler() {
    return (state, command) ->
        switch (new Step(state, command)) {
          case Step(Absent _, Create create) -> begin(create);
          case Step(Carried carried, Create(_, _, var replyTo)) -> describe(carried, replyTo);

          case Step(Absent _, Describe(var replyTo)) -> unknown(replyTo);
          case Step(Absent _, Pause(_, _, var replyTo)) -> unknown(replyTo);
          case Step(Absent _, Resume(_, _, var replyTo)) -> unknown(replyTo);
          case Step(Absent _, Cancel(_, _, var replyTo)) -> unknown(replyTo);
          case Step(Absent _, Retry(_, _, var replyTo)) -> unknown(replyTo);
          case Step(Absent _, LaunchWave(_, _, var replyTo)) -> unknown(replyTo);

          case Step(Carried carried, Describe(var replyTo)) -> describe(carried, replyTo);
          case Step(Carried carried, Pause pause) -> pause(carried, pause);
          case Step(Carried carried, Resume resume) -> resume(carried, resume);
          case Step(Carried carried, Cancel cancel) -> cancel(carried, cancel);
          case Step(Carried carried, Retry retry) -> retry(carried, retry);
          case Step(Carried carried, LaunchWave launch) -> launch(carried, launch);

          case Step(Carried carried, WorkerReported report) -> take(carried, report);
          case Step(Carried carried, WaveDecided decided) -> gateDecided(carried, decided);
          case Step(Carried carried, GateAnswered(var wave, var approval)) ->
              gateAnswered(carried, wave, approval);
          case Step(Carried carried, Wake _) -> wake(carried);
          case Step(Carried carried, Tick _) -> look(carried);
          case Step(Carried carried, Remind _) -> remind(carried);
          case Step(Carried _, GateReady _) -> gateReady();
          case Step(Carried _, HeadroomChanged(var view)) -> headroomChanged(view);

          case Step(Absent _, HeadroomChanged(var view)) -> headroomChanged(view);
          case Step(Absent _, WorkerReported _) -> Effect().noReply();
          case Step(Absent _, WaveDecided _) -> Effect().noReply();
          case Step(Absent _, GateAnswered _) -> Effect().noReply();
          case Step(Absent _, GateReady _) -> Effect().noReply();
          case Step(Absent _, Wake _) -> Effect().noReply();
          case Step(Absent _, Tick _) -> Effect().noReply();
          case Step(Absent _, Remind _) -> Effect().noReply();
        };
  }

  // --- the life of the run ---

  private ReplyEffect<RunEvent, RunState> begin(Create create) {
    takenUp = true;
    return Effect()
        .persist(new RunCreated(run, create.plan(), create.settings(), clock.instant()))
        .thenRun(this::open)
        .thenReply(create.replyTo(), next -> StatusReply.success(status((Carried) next)));
  }

  private void afterRecovery(RunState state) {
    open(state);
  }

  private void open(RunState state) {
    if (!(state instanceof Carried carried)) return;
    links.tellHeadroom(
        new HeadroomCommand.Subscribe(
            context.messageAdapter(ClusterView.class, HeadroomChanged::new)));
    if (!carried.finished()) openGate(carried);
  }

  private void openGate(Carried state) {
    var settings = state.created().settings();
    context.ask(
        Done.class,
        links.gate(run),
        ANSWER_WITHIN,
        replyTo ->
            new ApprovalCommand.Open(settings.approve(), settings.approvalWaitMax(), replyTo),
        (done, _) -> done == null ? new Tick() : new GateReady());
  }

  private ReplyEffect<RunEvent, RunState> wake(Carried state) {
    if (takenUp || state.finished()) return Effect().noReply();
    takenUp = true;
    return persist(state, List.of(new RunContinued(node, clock.instant()))).thenNoReply();
  }

  private ReplyEffect<RunEvent, RunState> gateReady() {
    if (!gateIsReady) {
      gateIsReady = true;
      lookSoon();
    }
    return Effect().noReply();
  }

  private ReplyEffect<RunEvent, RunState> headroomChanged(ClusterView view) {
    cluster = view;
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
    var headroom = Headroom.of(cluster, state.created().plan().limits());
    release = ReleasePolicy.next(state, live, headroom);
    if (!takenUp || !gateIsReady || state.finished()) return Effect().noReply();
    var now = clock.instant();
    List<RunEvent> events = new ArrayList<>(Holds.changes(state, release.holds(), now));
    release.waves().forEach(wave -> events.add(new WaveReleased(wave, now)));
    if (!release.workers().isEmpty()) events.add(new WorkersReleased(release.workers(), now));
    release.gates().forEach(wave -> requestGate(state, wave));
    if (events.isEmpty()) {
      summariseIfDue(state);
      return Effect().noReply();
    }
    return persist(state, events).thenNoReply();
  }

  private ReplyEffect<RunEvent, RunState> remind(Carried state) {
    if (!takenUp || state.finished()) return Effect().noReply();
    openGate(state);
    state.underWay().forEach(member -> assign(state, member));
    return Effect().noReply();
  }

  private void assign(Carried state, Member member) {
    var assign = Assignments.of(state, member, lastSequenceNumber(context));
    links.tellWorker(assign.assignment().entityId(), assign);
  }

  // --- what workers say ---

  private ReplyEffect<RunEvent, RunState> take(Carried state, WorkerReported report) {
    var member = state.members().get(report.worker());
    var status = report.status();
    if (member == null || !member.underWay() || status.epoch() < member.epoch()) {
      return Effect().noReply();
    }
    if (!status.phase().settled()) {
      live.put(report.worker(), status.phase());
      lookSoon();
      return Effect().noReply();
    }
    live.remove(report.worker());
    var now = clock.instant();
    return persist(
            state,
            List.of(
                new WorkerSettled(report.worker(), status, now),
                new RetrospectiveStored(Retrospectives.of(member.planned(), status), now)))
        .thenNoReply();
  }

  // --- what operators want ---

  private ReplyEffect<RunEvent, RunState> pause(Carried state, Pause pause) {
    var no = refusal(state, pause.workers());
    if (no != null) return Effect().reply(pause.replyTo(), StatusReply.error(no));
    if (pause.workers().isEmpty() && state.paused()) return describe(state, pause.replyTo());
    return persist(state, List.of(new RunPaused(pause.workers(), pause.by(), clock.instant())))
        .thenReply(pause.replyTo(), this::answer);
  }

  private ReplyEffect<RunEvent, RunState> resume(Carried state, Resume resume) {
    takenUp = true;
    var no = refusal(state, resume.workers());
    if (no != null) return Effect().reply(resume.replyTo(), StatusReply.error(no));
    if (!state.paused() && state.pausedWorkers().isEmpty()) {
      return describe(state, resume.replyTo());
    }
    return persist(state, List.of(new RunResumed(resume.workers(), resume.by(), clock.instant())))
        .thenReply(resume.replyTo(), this::answer);
  }

  private ReplyEffect<RunEvent, RunState> cancel(Carried state, Cancel cancel) {
    var no = refusal(state, cancel.workers());
    if (no != null) return Effect().reply(cancel.replyTo(), StatusReply.error(no));
    return persist(state, List.of(new RunCancelled(cancel.workers(), cancel.by(), clock.instant())))
        .thenReply(cancel.replyTo(), this::answer);
  }

  private ReplyEffect<RunEvent, RunState> retry(Carried state, Retry retry) {
    var no = unknownWorker(state, retry.workers());
    var reopened = Consequences.reopened(state, retry.workers(), retry.by(), clock.instant());
    if (no == null && reopened.workers().isEmpty()) {
      no =
          "Expected failed or cancelled workers to retry, but %s has none%s."
              .formatted(run, retry.workers().isEmpty() ? "" : " among those named");
    }
    if (no != null) return Effect().reply(retry.replyTo(), StatusReply.error(no));
    takenUp = true;
    summarised = null;
    return persist(state, List.of(reopened))
        .thenRun((RunState next) -> openGate((Carried) next))
        .thenReply(retry.replyTo(), this::answer);
  }

  private ReplyEffect<RunEvent, RunState> launch(Carried state, LaunchWave launch) {
    var no = refusal(state, List.of());
    if (no == null) no = Launching.refusal(state, launch.wave(), headroom(state));
    if (no != null) return Effect().reply(launch.replyTo(), StatusReply.error(no));
    var decided =
        new WaveGateDecided(
            launch.wave(), Decision.APPROVED, "launched by " + launch.by(), clock.instant());
    return persist(state, List.of(decided)).thenReply(launch.replyTo(), this::answer);
  }

  private Headroom headroom(Carried state) {
    return Headroom.of(cluster, state.created().plan().limits());
  }

  /// Why the command cannot be carried out, or null.
  private @Nullable String refusal(Carried state, List<String> workers) {
    if (state.finish() != null) {
      return "Expected a run that goes on, but %s is %s.".formatted(run, state.finish().phase());
    }
    return unknownWorker(state, workers);
  }

  private @Nullable String unknownWorker(Carried state, List<String> workers) {
    for (var worker : workers) {
      if (!state.members().containsKey(worker)) {
        return "Expected workers of %s, but it has no %s.".formatted(run, worker);
      }
    }
    return null;
  }

  // --- wave gates ---

  private void requestGate(Carried state, int wave) {
    var operation = Launching.request(state, wave);
    context.askWithStatus(
        ApprovalView.class,
        links.gate(run),
        ANSWER_WITHIN,
        replyTo -> new ApprovalCommand.Request(operation, null, replyTo),
        (approval, _) -> new GateAnswered(wave, approval));
  }

  private ReplyEffect<RunEvent, RunState> gateAnswered(
      Carried state, int wave, @Nullable ApprovalView approval) {
    var progress = state.waves().get(wave);
    if (approval == null || progress == null || progress.gateApproval() != null) {
      return Effect().noReply();
    }
    var now = clock.instant();
    List<RunEvent> events = new ArrayList<>();
    events.add(new WaveGateRequested(wave, approval.id(), now));
    if (approval.decision() != null) {
      var reason = String.valueOf(approval.reason());
      events.add(new WaveGateDecided(wave, approval.decision(), reason, now));
    }
    return persist(state, events).thenNoReply();
  }

  private ReplyEffect<RunEvent, RunState> gateDecided(Carried state, WaveDecided decided) {
    for (var progress : state.waves().values()) {
      if (decided.approval().equals(progress.gateApproval()) && progress.gateDecision() == null) {
        var event =
            new WaveGateDecided(
                progress.wave().number(), decided.decision(), decided.reason(), clock.instant());
        return persist(state, List.of(event)).thenNoReply();
      }
    }
    return Effect().noReply();
  }

  // --- persisting, and what follows ---

  private EffectBuilder<RunEvent, RunState> persist(
      Carried state, List<? extends RunEvent> causes) {
    var events = Consequences.of(state, causes, cluster.samples(), clock.instant());
    return Effect().persist(events).thenRun(next -> follow((Carried) next, events));
  }

  private void follow(Carried state, List<RunEvent> events) {
    for (var event : events) {
      switch (event) {
        case WorkersReleased(var workers, _) ->
            workers.forEach(worker -> assign(state, state.member(worker)));
        case WorkerSettled(var worker, _, _) -> listener.settled(run, worker);
        case RetrospectiveStored(var retrospective, _) -> listener.remembered(run, retrospective);
        case RunPaused _, RunResumed _, RunCancelled _ ->
            state.underWay().forEach(member -> assign(state, member));
        case RunContinued _ -> remindAll(state);
        case RunEvent.RunFinished _,
            RunCreated _,
            WaveGateRequested _,
            WaveGateDecided _,
            WaveReleased _,
            RunEvent.WorkerBlocked _,
            RunEvent.WaveSettled _,
            RunEvent.HoldBegan _,
            RunEvent.HoldEnded _,
            RunEvent.WorkersReopened _ -> {}
      }
    }
    lookSoon();
    summariseIfDue(state);
  }

  private void remindAll(Carried state) {
    state.underWay().forEach(member -> assign(state, member));
    // Gates that were requested before the crash may have been decided meanwhile.
    for (var progress : state.waves().values()) {
      var approval = progress.gateApproval();
      if (approval != null && progress.gateDecision() == null) {
        links.gate(run).tell(new ApprovalCommand.Watch(approval));
      }
    }
  }

  private void summariseIfDue(Carried state) {
    var phase = RunStatuses.phase(state, live, release);
    var due = phase.finished() || phase == RunPhase.HELD;
    if (!due) {
      summarised = null;
    } else if (summarised != phase) {
      summarised = phase;
      listener.summaryDue(status(state));
    }
  }

  // --- answers ---

  private RunStatus status(Carried state) {
    return RunStatuses.of(state, live, release, cluster.samples(), clock.instant());
  }

  private StatusReply<RunStatus> answer(RunState state) {
    return StatusReply.success(status((Carried) state));
  }

  private ReplyEffect<RunEvent, RunState> describe(
      Carried state, ActorRef<StatusReply<RunStatus>> replyTo) {
    return Effect().reply(replyTo, StatusReply.success(status(state)));
  }

  private ReplyEffect<RunEvent, RunState> unknown(ActorRef<StatusReply<RunStatus>> replyTo) {
    return Effect().reply(replyTo, StatusReply.error(new UnknownRunException(run)));
  }
}
