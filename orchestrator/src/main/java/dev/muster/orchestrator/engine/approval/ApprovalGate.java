package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.engine.approval.Proving.Finding;
import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.AskAgain;
import dev.muster.protocol.approval.ApprovalCommand.Bypass;
import dev.muster.protocol.approval.ApprovalCommand.Claim;
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
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Mandated;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final Consumer<ApprovalView> asker;
  private final Consumer<ApprovalEvent> heard;
  private final Proving proving;
  private final Rulings rulings;
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
                new Rulings(gate, rules),
                asker,
                log.andThen(heard),
                new Proving(gate, proof, context.getSelf()),
                clock,
                timers,
                snapshotEvery)));
  }

  private ApprovalGate(
      Rulings rulings,
      Consumer<ApprovalView> asker,
      Consumer<ApprovalEvent> heard,
      Proving proving,
      InstantSource clock,
      TimerScheduler<ApprovalCommand> timers,
      int snapshotEvery) {
    super(
        PersistenceId.of(ApprovalCommand.TYPE_KEY.name(), rulings.gate()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.rulings = rulings;
    this.asker = asker;
    this.heard = heard;
    this.proving = proving;
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
    if (!rulings.gate().equals(ApprovalCommand.OUTSIDE)) return GateState::evolve;
    return (state, event) -> state.evolve(event).forgetting(event.at());
  }

  @Override
  public SnapshotAdapter<GateState> snapshotAdapter() {
    return GateSnapshot.ADAPTER;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, 1);
  }

  @Override
  public CommandHandlerWithReply<ApprovalCommand, ApprovalEvent, GateState> commandHandler() {
    return (state, command) -> {
      var now = clock.instant();
      return switch (command) {
        case Open open -> answer(rulings.open(state, open, now), open.replyTo());
        case Claim claim -> answer(rulings.claim(state, claim, now), claim.replyTo());
        case RecordOutcome it -> answer(rulings.recordOutcome(state, it, now), it.replyTo());
        case Restore restore -> answer(rulings.restore(state, restore, now), restore.replyTo());
        case AskAgain again -> answer(rulings.askAgain(state, again, now), again.replyTo());
        case Watch(var approval) -> tellAgain(state, approval);
        case Request request -> answer(rulings.request(state, request, now), request.replyTo());
        case Decide decide ->
            ifProved(decide, () -> rulings.decide(state, decide, now), decide.replyTo());
        case Extend extend -> answer(rulings.extend(state, extend, now), extend.replyTo());
        case Bypass bypass ->
            ifProved(bypass, () -> rulings.bypass(state, bypass, now), bypass.replyTo());
        case ListBypasses(var replyTo) -> Effect().reply(replyTo, Bypassing.standing(state, now));
        case Consume consume -> answer(rulings.consume(state, consume, now), consume.replyTo());
        case Close close -> settle(Requests.closed(state, close, now));
        case Forget _ -> Effect().stop().thenNoReply();
        case Find(var approval, var replyTo) -> answer(rulings.find(state, approval), replyTo);
        case ListAll(var replyTo) -> Effect().reply(replyTo, rulings.all(state));
        case Tick _ -> settle(Requests.overdue(rulings.gate(), state, rulings.rules(), now));
      };
    };
  }

  /// Whoever asked hears by the answer what was decided at once.
  private <A> ReplyEffect<ApprovalEvent, GateState> answer(Ruling<A> ruling, ActorRef<A> replyTo) {
    return Effect()
        .persist(ruling.events())
        .thenRun((GateState _) -> ruling.events().forEach(heard))
        .thenReply(replyTo, ruling.answer()::apply);
  }

  /// What a person has decided is told to whoever asked.
  private <C extends ApprovalCommand & Mandated, A> ReplyEffect<ApprovalEvent, GateState> ifProved(
      C command, Supplier<Ruling<StatusReply<A>>> wanted, ActorRef<StatusReply<A>> replyTo) {
    return switch (proving.look(command)) {
      case Finding.Later _ -> Effect().noReply();
      case Finding.Known(var no) -> {
        Ruling<StatusReply<A>> ruling = no == null ? wanted.get() : Ruling.refused(no);
        yield Effect()
            .persist(ruling.events())
            .thenRun((GateState next) -> announce(next, ruling.events()))
            .thenReply(replyTo, ruling.answer()::apply);
      }
    };
  }

  /// What is decided without a person.
  private ReplyEffect<ApprovalEvent, GateState> settle(List<? extends ApprovalEvent> settled) {
    if (settled.isEmpty()) return Effect().noReply();
    return Effect()
        .persist(List.<ApprovalEvent>copyOf(settled))
        .thenRun((GateState next) -> announce(next, settled))
        .thenNoReply();
  }

  private ReplyEffect<ApprovalEvent, GateState> tellAgain(GateState state, String approval) {
    var entry = state.find(approval);
    if (entry != null && entry.decided() != null) asker.accept(rulings.view(entry));
    return Effect().noReply();
  }

  private void announce(GateState state, List<? extends ApprovalEvent> events) {
    for (var event : events) {
      heard.accept(event);
      if (event instanceof ApprovalDecided decided) {
        asker.accept(rulings.view(state, decided.approval()));
      }
    }
  }
}
