package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.engine.approval.Proving.Finding;
import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Approvals;
import dev.muster.protocol.approval.ApprovalCommand.AskAgain;
import dev.muster.protocol.approval.ApprovalCommand.Bypass;
import dev.muster.protocol.approval.ApprovalCommand.Claim;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Close;
import dev.muster.protocol.approval.ApprovalCommand.Consume;
import dev.muster.protocol.approval.ApprovalCommand.Decide;
import dev.muster.protocol.approval.ApprovalCommand.Extend;
import dev.muster.protocol.approval.ApprovalCommand.Find;
import dev.muster.protocol.approval.ApprovalCommand.Forget;
import dev.muster.protocol.approval.ApprovalCommand.ListAll;
import dev.muster.protocol.approval.ApprovalCommand.ListBypasses;
import dev.muster.protocol.approval.ApprovalCommand.Open;
import dev.muster.protocol.approval.ApprovalCommand.RecordOutcome;
import dev.muster.protocol.approval.ApprovalCommand.Request;
import dev.muster.protocol.approval.ApprovalCommand.Restore;
import dev.muster.protocol.approval.ApprovalCommand.Tick;
import dev.muster.protocol.approval.ApprovalCommand.Watch;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.approval.ApprovalView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// Holds operations until there is a decision, and makes the permits without which nothing runs.
///
/// One gate per run, and one for outside callers. A permit is persisted as consumed before it is
/// handed out: whatever crashes afterwards, the operation is never started twice on one permit.
public final class ApprovalGate
    extends EventSourcedBehaviorWithEnforcedReplies<ApprovalCommand, ApprovalEvent, GateState> {
  private final String gate;
  private final Consumer<ApprovalView> asker;
  private final Consumer<ApprovalEvent> heard;
  private final Proving proving;
  private final ApprovalRules rules;
  private final InstantSource clock;
  private final TimerScheduler<ApprovalCommand> timers;
  private final int snapshotEvery;

  /// @param gate a run id, or `outside`
  /// @param asker is told every decision, possibly more than once
  public static Behavior<ApprovalCommand> create(
      String gate, Consumer<ApprovalView> asker, Proof proof, InstantSource clock) {
    return create(
        gate,
        asker,
        _ -> {},
        proof,
        ApprovalRules.STANDARD,
        clock,
        SnapshotSerializer.EVERY_EVENTS);
  }

  /// @param heard is told what has happened, once it is persisted
  /// @param proof without which nobody decides
  /// @param rules what the settings say of each kind
  /// @param snapshotEvery so many events
  public static Behavior<ApprovalCommand> create(
      String gate,
      Consumer<ApprovalView> asker,
      Consumer<ApprovalEvent> heard,
      Proof proof,
      ApprovalRules rules,
      InstantSource clock,
      int snapshotEvery) {
    Consumer<ApprovalEvent> log = ApprovalLog::write;
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new ApprovalGate(
                gate,
                asker,
                log.andThen(heard),
                new Proving(gate, proof, context.getSelf()),
                rules,
                clock,
                timers,
                snapshotEvery)));
  }

  private ApprovalGate(
      String gate,
      Consumer<ApprovalView> asker,
      Consumer<ApprovalEvent> heard,
      Proving proving,
      ApprovalRules rules,
      InstantSource clock,
      TimerScheduler<ApprovalCommand> timers,
      int snapshotEvery) {
    super(
        PersistenceId.of(ApprovalCommand.TYPE_KEY.name(), gate),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.gate = gate;
    this.asker = asker;
    this.heard = heard;
    this.proving = proving;
    this.rules = rules;
    this.clock = clock;
    this.timers = timers;
    this.snapshotEvery = snapshotEvery;
  }

  /// A restart after the journal failed has cancelled the timer, so it belongs to the recovery.
  @Override
  public SignalHandler<GateState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            _ -> timers.startTimerWithFixedDelay(new Tick(), Duration.ofSeconds(1)))
        .build();
  }

  @Override
  public GateState emptyState() {
    return GateState.EMPTY;
  }

  @Override
  public EventHandler<GateState, ApprovalEvent> eventHandler() {
    if (!gate.equals(ApprovalCommand.OUTSIDE)) return GateState::evolve;
    return (state, event) -> state.evolve(event).forgetting(event.at());
  }

  @Override
  public SnapshotAdapter<GateState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(GateState state) {
        return GateSnapshot.of(state);
      }

      @Override
      public GateState fromJournal(Object snapshot) {
        return ((GateSnapshot) snapshot).restored();
      }
    };
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, 1);
  }

  @Override
  public CommandHandlerWithReply<ApprovalCommand, ApprovalEvent, GateState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case Open open -> open(state, open);
          case Claim claim -> claim(state, claim);
          case RecordOutcome outcome -> record(state, outcome);
          case Restore restore -> restore(state, restore);
          case AskAgain again -> askAgain(state, again);
          case Watch(var approval) -> tellAgain(state, approval);
          case Request request -> request(state, request);
          case Decide decide -> prove(state, decide);
          case Extend extend -> extend(state, extend);
          case Bypass bypass -> prove(state, bypass);
          case ListBypasses(var replyTo) ->
              Effect().reply(replyTo, Bypassing.standing(state, clock.instant()));
          case Consume consume -> consume(state, consume);
          case Close close -> settle(Requests.closed(state, close, clock.instant()));
          case Forget _ -> Effect().stop().thenNoReply();
          case Find(var approval, var replyTo) -> find(state, approval, replyTo);
          case ListAll(var replyTo) -> list(state, replyTo);
          case Tick _ -> settle(Requests.overdue(gate, state, rules, clock.instant()));
        };
  }

  private ReplyEffect<ApprovalEvent, GateState> open(GateState state, Open open) {
    if (state.policy() == open.policy() && state.waitMax().equals(open.waitMax())) {
      return Effect().reply(open.replyTo(), Done.getInstance());
    }
    return Effect()
        .persist(new GateOpened(open.policy(), open.waitMax(), clock.instant()))
        .thenReply(open.replyTo(), _ -> Done.getInstance());
  }

  private ReplyEffect<ApprovalEvent, GateState> claim(GateState state, Claim claim) {
    var ruling = Claims.ruling(gate, state, rules, claim, clock.instant());
    return Effect()
        .persist(ruling.events())
        .thenRun((GateState _) -> ruling.events().forEach(heard))
        .thenReply(claim.replyTo(), _ -> ruling.answer());
  }

  private ReplyEffect<ApprovalEvent, GateState> record(GateState state, RecordOutcome command) {
    var entry = state.find(command.approval());
    if (entry == null || entry.consumed() == null || entry.outcome() != null) {
      return Effect().reply(command.replyTo(), Done.getInstance());
    }
    var event = new OutcomeRecorded(command.approval(), command.outcome(), clock.instant());
    return Effect()
        .persist(event)
        .thenRun((GateState _) -> heard.accept(event))
        .thenReply(command.replyTo(), _ -> Done.getInstance());
  }

  private ReplyEffect<ApprovalEvent, GateState> restore(GateState state, Restore command) {
    var entry = state.find(command.approval());
    if (entry == null || entry.consumed() == null || entry.outcome() != null) {
      return Effect().reply(command.replyTo(), Done.getInstance());
    }
    return Effect()
        .persist(new PermitRestored(command.approval(), clock.instant()))
        .thenReply(command.replyTo(), _ -> Done.getInstance());
  }

  private ReplyEffect<ApprovalEvent, GateState> askAgain(GateState state, AskAgain command) {
    var entry = state.find(command.approval());
    if (entry == null) {
      return Effect().reply(command.replyTo(), new Claimed.Pending(command.approval()));
    }
    var operation = command.operation() == null ? entry.operation() : command.operation();
    var latest = state.latestFor(operation);
    if (latest != null && !latest.id().equals(entry.id()) && latest.mayHaveRun()) {
      // asked before, the answer was lost
      return Effect().reply(command.replyTo(), new Claimed.Pending(latest.id()));
    }
    var requested = Requests.of(gate, state, rules, operation, true, null, clock.instant());
    var events = new ArrayList<ApprovalEvent>(Requests.replaced(state, requested));
    events.add(requested);
    return Effect()
        .persist(events)
        .thenRun((GateState _) -> events.forEach(heard))
        .thenReply(command.replyTo(), _ -> new Claimed.Pending(requested.approval()));
  }

  private ReplyEffect<ApprovalEvent, GateState> tellAgain(GateState state, String approval) {
    var entry = state.find(approval);
    if (entry != null && entry.decided() != null) asker.accept(view(entry));
    return Effect().noReply();
  }

  private ReplyEffect<ApprovalEvent, GateState> request(GateState state, Request request) {
    var now = clock.instant();
    var entry = state.latestFor(request.operation());
    if (entry != null
        && !entry.supersededBy(request.operation())
        && !Outside.isSpent(gate, entry, now)) {
      return Effect().reply(request.replyTo(), StatusReply.success(view(entry)));
    }
    if (state.isFull()) {
      return Effect().reply(request.replyTo(), StatusReply.error(Requests.REFUSAL));
    }
    var requested =
        Requests.of(gate, state, rules, request.operation(), false, request.waitMax(), now);
    var events = new ArrayList<ApprovalEvent>();
    if (entry != null && entry.pending()) events.add(Requests.expired(entry, now));
    events.add(requested);
    if (request.by() != null)
      events.add(new ApprovalAsked(requested.approval(), request.by(), now));
    var automatic = Requests.automatic(state, rules, requested);
    if (automatic != null) events.add(automatic);
    return Effect()
        .persist(events)
        .thenRun((GateState _) -> events.forEach(heard))
        .thenReply(
            request.replyTo(), next -> StatusReply.success(view(next, requested.approval())));
  }

  private ReplyEffect<ApprovalEvent, GateState> prove(GateState state, Decide decide) {
    return switch (proving.look(decide)) {
      case Finding.Later _ -> Effect().noReply();
      case Finding.Known(var no) when no != null ->
          Effect().reply(decide.replyTo(), StatusReply.error(no));
      case Finding.Known _ -> decide(state, decide);
    };
  }

  private ReplyEffect<ApprovalEvent, GateState> decide(GateState state, Decide decide) {
    var entry = state.find(decide.approval());
    if (entry == null) return find(state, decide.approval(), decide.replyTo());
    if (Deciding.isRepeated(entry, decide)) {
      return Effect().reply(decide.replyTo(), StatusReply.success(view(entry)));
    }
    var now = clock.instant();
    var no = Deciding.refusal(entry, decide, now);
    if (no != null) return Effect().reply(decide.replyTo(), StatusReply.error(no));
    var events = Deciding.events(entry, decide, now);
    return Effect()
        .persist(events)
        .thenRun((GateState next) -> events.forEach(event -> announce(next, event)))
        .thenReply(decide.replyTo(), next -> StatusReply.success(view(next, entry.id())));
  }

  private ReplyEffect<ApprovalEvent, GateState> extend(GateState state, Extend extend) {
    var entry = state.find(extend.approval());
    if (entry == null) return find(state, extend.approval(), extend.replyTo());
    var now = clock.instant();
    var no = Deciding.refusal(gate, entry, now);
    if (no != null) return Effect().reply(extend.replyTo(), StatusReply.error(no));
    var later = Deciding.later(entry, extend.span(), now);
    return Effect()
        .persist(new ApprovalExtended(entry.id(), later, extend.by(), now))
        .thenRun((GateState next) ->
            heard.accept(new ApprovalExtended(entry.id(), later, extend.by(), now)))
        .thenReply(extend.replyTo(), next -> StatusReply.success(view(next, entry.id())));
  }

  private ReplyEffect<ApprovalEvent, GateState> prove(GateState state, Bypass bypass) {
    return switch (proving.look(bypass)) {
      case Finding.Later _ -> Effect().noReply();
      case Finding.Known(var no) when no != null ->
          Effect().reply(bypass.replyTo(), StatusReply.error(no));
      case Finding.Known _ -> bypass(state, bypass);
    };
  }

  private ReplyEffect<ApprovalEvent, GateState> bypass(GateState state, Bypass bypass) {
    var now = clock.instant();
    var no = Bypassing.refusal(gate, state, bypass, now);
    if (no != null) return Effect().reply(bypass.replyTo(), StatusReply.error(no));
    var events = Bypassing.events(state, bypass, now);
    return Effect()
        .persist(events)
        .thenRun((GateState _) -> events.forEach(heard))
        .thenReply(bypass.replyTo(), next -> StatusReply.success(Bypassing.standing(next, now)));
  }

  private ReplyEffect<ApprovalEvent, GateState> consume(GateState state, Consume consume) {
    var entry = state.find(consume.approval());
    if (entry == null) return find(state, consume.approval(), consume.replyTo());
    var no = Outside.refusal(gate, entry, clock.instant());
    if (no != null) return Effect().reply(consume.replyTo(), StatusReply.error(no));
    var consumed = new PermitConsumed(entry.id(), 1, consume.by(), clock.instant());
    return Effect()
        .persist(consumed)
        .thenRun((GateState _) -> heard.accept(consumed))
        .thenReply(consume.replyTo(), next -> StatusReply.success(view(next, entry.id())));
  }

  private ReplyEffect<ApprovalEvent, GateState> find(
      GateState state, String approval, ActorRef<StatusReply<ApprovalView>> replyTo) {
    var entry = state.find(approval);
    return Effect()
        .reply(
            replyTo,
            entry == null
                ? StatusReply.error(
                    "Expected the id of an approval, but nobody asked for " + approval + ".")
                : StatusReply.success(view(entry)));
  }

  private ReplyEffect<ApprovalEvent, GateState> list(GateState state, ActorRef<Approvals> replyTo) {
    return Effect()
        .reply(replyTo, new Approvals(state.entries().values().stream().map(this::view).toList()));
  }

  /// What is decided without a person.
  private ReplyEffect<ApprovalEvent, GateState> settle(List<? extends ApprovalEvent> settled) {
    if (settled.isEmpty()) return Effect().noReply();
    return Effect()
        .persist(List.<ApprovalEvent>copyOf(settled))
        .thenRun((GateState next) -> settled.forEach(event -> announce(next, event)))
        .thenNoReply();
  }

  private void announce(GateState state, ApprovalEvent event) {
    heard.accept(event);
    if (event instanceof ApprovalDecided decided) asker.accept(view(state, decided.approval()));
  }

  private ApprovalView view(GateState state, String approval) {
    var entry = state.find(approval);
    if (entry == null) throw new IllegalStateException("no approval " + approval);
    return view(entry);
  }

  private ApprovalView view(GateEntry entry) {
    return entry.view(gate.equals(ApprovalCommand.OUTSIDE) ? null : gate);
  }
}
