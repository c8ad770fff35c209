package dev.muster.node.executor;

import dev.muster.node.agent.AgentProgress;
import dev.muster.protocol.proof.Seals;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.AttemptReport.Interrupted;
import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.WorkerCommand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Carries out attempts on this node, as many at once as it has slots.
///
/// How an attempt goes is told to `reportTo` as `WorkerCommand.Report`s, numbered and in order, the
/// oldest repeated every 2 s until it is acknowledged, also after the attempt has ended. An
/// executor that fails starts again empty, with everything it ran killed; who asks then learns so.
public final class Executor extends AbstractMatchingBehavior<Executor.Command> {
  /// What an executor can be told. It is local to the node: nothing here is serialized.
  public sealed interface Command {}

  /// Carry out this attempt, or go on with it. Repeating it is harmless while the attempt is known.
  /// A newer attempt of the same worker drops the older one.
  ///
  /// @param epoch of the worker; part of what the gate is asked
  /// @param fromOrdinal the block to begin with; above 1 the workspace of the attempt is continued,
  ///   and when this node does not have it the attempt is reported as interrupted
  /// @param firstNumber of the first report; one more than the last the worker has seen
  /// @param tries that have failed before this attempt, since the worker was last opened
  /// @param frozen what somebody was asked about, to go on from; null when nobody was
  /// @param agent how far its agent has come
  /// @param lastFailure why the try before this one failed; null when none did
  public record Execute(
      Assignment assignment,
      int attempt,
      int epoch,
      int fromOrdinal,
      int firstNumber,
      RecipientRef<WorkerCommand> reportTo,
      int tries,
      @Nullable Frozen frozen,
      AgentProgress agent,
      @Nullable String lastFailure)
      implements Command {
    public Execute {
      if (attempt < 1) throw new IllegalArgumentException("attempt is " + attempt);
      if (fromOrdinal < 1) throw new IllegalArgumentException("fromOrdinal is " + fromOrdinal);
      if (firstNumber < 1) throw new IllegalArgumentException("firstNumber is " + firstNumber);
    }

    private String worker() {
      return assignment.entityId();
    }

    private Teller teller() {
      return new Teller(worker(), attempt, firstNumber, reportTo);
    }

    Execute with(Assignment listed) {
      return new Execute(
          listed,
          attempt,
          epoch,
          fromOrdinal,
          firstNumber,
          reportTo,
          tries,
          frozen,
          agent,
          lastFailure);
    }
  }

  /// Kill whatever runs for this attempt, and report nothing more about it. Also what a worker
  /// sends when it stops on this node.
  ///
  /// @param worker entity id, `<run>/WORKER_014`
  public record Cancel(String worker, int attempt) implements Command {}

  /// Is this attempt known here? If it is, nothing happens (its reports come anyway); if it is not,
  /// `Interrupted` is reported under `firstNumber`.
  public record AskFor(
      String worker, int attempt, int firstNumber, RecipientRef<WorkerCommand> reportTo)
      implements Command {
    private Teller teller() {
      return new Teller(worker, attempt, firstNumber, reportTo);
    }
  }

  /// Take nothing new. What waits for a slot is reported as interrupted at once, what runs after
  /// `grace`; `Done` is answered when nothing runs any more.
  public record Drain(Duration grace, ActorRef<Done> replyTo) implements Command {}

  /// Begin nothing any more: what waits for a slot goes on waiting, and what runs runs to its end.
  /// `Done` is answered when nothing runs, and nothing that ran is still to be acknowledged.
  public record Settle(ActorRef<Done> replyTo) implements Command {}

  /// How busy are you?
  public record Describe(ActorRef<Occupancy> replyTo) implements Command {}

  /// The attempt of this life runs nothing for now.
  record Yielded(int life) implements Command {}

  /// It is about to run something again.
  record Wanted(int life, CompletableFuture<Done> granted) implements Command {}

  /// Who tells of an attempt, and to whom.
  private record Teller(
      String worker, int attempt, int firstNumber, RecipientRef<WorkerCommand> reportTo) {}

  private record Finished(String worker, int attempt, int life, int lastNumber)
      implements Command {}

  private record Gone(String worker, int life) implements Command {}

  private record GraceOver() implements Command {}

  private final ExecutorSettings settings;
  private final Function<Execute, AttemptWork> works;
  private final KnownAttempts known = new KnownAttempts();
  private final Slots slots;
  private final Quiet quiet = new Quiet();
  private int lives;

  public static Behavior<Command> create(
      ExecutorSettings settings,
      Workplace workplace,
      AttemptSources sources,
      RunClients clients,
      Seals seals,
      InstantSource clock) {
    return create(
        settings, AttemptRun.all(workplace, sources, clients, settings.claimant(), seals, clock));
  }

  static Behavior<Command> create(ExecutorSettings settings, Function<Execute, AttemptWork> works) {
    return Behaviors.supervise(
            Behaviors.<Command>setup(context -> new Executor(context, settings, works)))
        .onFailure(SupervisorStrategy.restart());
  }

  private Executor(
      ActorContext<Command> context,
      ExecutorSettings settings,
      Function<Execute, AttemptWork> works) {
    super(context);
    this.settings = settings;
    this.works = works;
    this.slots = new Slots(settings.slots(), settings.awayMax());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Execute execute -> execute(execute);
      case Cancel(var worker, var attempt) -> cancel(worker, attempt);
      case AskFor ask -> askFor(ask);
      case Drain(var grace, var replyTo) -> drain(grace, replyTo);
      case Settle(var replyTo) -> {
        slots.close();
        quiet.settles(replyTo);
        quiet.answer(slots, known);
      }
      case Describe(var replyTo) -> replyTo.tell(slots.occupancy(known, quiet.isComing()));
      case Yielded(var life) -> {
        slots.giveBack(life);
        beginNext();
      }
      case Wanted(var life, var granted) -> slots.want(life, granted);
      case Finished finished -> finish(finished);
      case Gone(var worker, var life) -> forget(worker, life);
      case GraceOver _ ->
          known.working().forEach(it -> it.child().tell(new Attempt.Stop("the node stops")));
    }
    return Behaviors.same();
  }

  private void execute(Execute request) {
    if (known.isOld(request.worker(), request.attempt(), request.firstNumber())) return;
    drop(request.worker());
    if (quiet.isComing()) {
      refuse(request.teller(), "the node takes no more work");
    } else if (slots.anyFree()) {
      begin(request);
    } else if (known.queueLength() < settings.queueMax()) {
      known.queue(request.worker(), request);
    } else {
      refuse(
          request.teller(), "%d attempts wait for a slot already".formatted(known.queueLength()));
    }
  }

  private void begin(Execute request) {
    slots.take(spawn(request.teller(), works.apply(request), true));
  }

  /// No slot is taken for a report alone.
  private void refuse(Teller teller, String reason) {
    spawn(teller, _ -> new Interrupted(reason), false);
  }

  private int spawn(Teller teller, AttemptWork work, boolean takesSlot) {
    var life = ++lives;
    var self = getContext().getSelf();
    var slot = takesSlot ? new SlotLine(self, life) : SlotLine.NONE;
    var child =
        getContext()
            .spawn(
                Attempt.create(
                    teller.attempt(),
                    teller.firstNumber(),
                    teller.reportTo(),
                    work,
                    slot,
                    last -> self.tell(new Finished(teller.worker(), teller.attempt(), life, last))),
                "attempt-" + life);
    getContext().watchWith(child, new Gone(teller.worker(), life));
    known.begin(teller.worker(), teller.attempt(), life, child);
    return life;
  }

  private void cancel(String worker, int attempt) {
    known.unqueue(worker, attempt);
    if (known.of(worker, attempt) != null) drop(worker);
  }

  /// The slot stays taken until the child says that nothing runs any more.
  private void drop(String worker) {
    var current = known.remove(worker);
    if (current != null) current.child().tell(new Attempt.Stop(null));
  }

  private void askFor(AskFor ask) {
    if (known.isOld(ask.worker(), ask.attempt(), ask.firstNumber())) return;
    drop(ask.worker());
    refuse(ask.teller(), "this node does not know attempt " + ask.attempt());
  }

  private void finish(Finished finished) {
    known.finish(
        finished.worker(), finished.life(), finished.lastNumber(), slots.knows(finished.life()));
    free(finished.life());
  }

  /// Also after a child that died without a word.
  private void forget(String worker, int life) {
    known.forget(worker, life);
    free(life);
  }

  private void free(int life) {
    slots.free(life);
    beginNext();
    quiet.answer(slots, known);
  }

  private void beginNext() {
    while (slots.anyFree() && known.queueLength() > 0) {
      begin(Objects.requireNonNull(known.next()));
    }
  }

  private void drain(Duration grace, ActorRef<Done> replyTo) {
    quiet.drains(replyTo);
    for (var request : known.queued()) {
      drop(request.worker());
      refuse(request.teller(), "the node stops");
    }
    getContext().scheduleOnce(grace, getContext().getSelf(), new GraceOver());
    quiet.answer(slots, known);
  }
}
