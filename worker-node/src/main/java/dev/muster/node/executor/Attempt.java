package dev.muster.node.executor;

import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Interrupted;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.WorkerCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One attempt: its work on a thread of its own, and its reports, the oldest repeated until the
/// worker has acknowledged it. Stops when all is told, or when it was dropped.
final class Attempt extends AbstractMatchingBehavior<Attempt.Message> {
  private static final Duration REPEAT = Duration.ofSeconds(2);

  sealed interface Message {}

  /// End the work. With a reason that is what gets reported; without one the worker has moved on,
  /// and nothing more is told.
  record Stop(@Nullable String reason) implements Message {}

  /// @param persisted completes when the worker has it; null when nobody waits for that
  private record Said(AttemptReport report, @Nullable CompletableFuture<Done> persisted)
      implements Message {}

  private record Ended(AttemptReport report) implements Message {}

  private record Acknowledged(int number) implements Message {}

  private record Unanswered() implements Message {}

  private record Repeat() implements Message {}

  /// Told once, when nothing of the attempt runs any more.
  @FunctionalInterface
  interface Finished {
    void finished(int lastNumber);
  }

  private final int attempt;
  private final RecipientRef<WorkerCommand> reportTo;
  private final Finished finished;
  private final TimerScheduler<Message> timers;
  private final Thread thread;
  private final Queue<Said> untold = new ArrayDeque<>();
  private int oldestNumber;
  private boolean running = true;
  private boolean dropped;
  private @Nullable String stopReason;

  static Behavior<Message> create(
      int attempt,
      int firstNumber,
      RecipientRef<WorkerCommand> reportTo,
      AttemptWork work,
      SlotLine slot,
      Finished finished) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new Attempt(context, timers, attempt, firstNumber, reportTo, work, slot, finished)));
  }

  private Attempt(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      int attempt,
      int firstNumber,
      RecipientRef<WorkerCommand> reportTo,
      AttemptWork work,
      SlotLine slot,
      Finished finished) {
    super(context);
    this.timers = timers;
    this.attempt = attempt;
    this.oldestNumber = firstNumber;
    this.reportTo = reportTo;
    this.finished = finished;
    var self = context.getSelf();
    this.thread =
        Thread.ofVirtual()
            .name("attempt-" + self.path().name())
            .start(() -> self.tell(new Ended(outcome(work, new Line(self, slot)))));
  }

  /// Whatever happens to the thread, the attempt ends and its slot is freed.
  private static AttemptReport outcome(AttemptWork work, Lifeline line) {
    try {
      return work.carryOut(line);
    } catch (Throwable failure) {
      return new Unsuccessful("the node failed: " + failure, true, null);
    }
  }

  private record Line(ActorRef<Message> attempt, SlotLine slot) implements Lifeline {
    @Override
    public void tell(AttemptReport report) {
      attempt.tell(new Said(report, null));
    }

    @Override
    public void persist(AttemptReport report) throws InterruptedException {
      var persisted = new CompletableFuture<Done>();
      attempt.tell(new Said(report, persisted));
      try {
        persisted.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a report is repeated until it is persisted", e);
      }
    }

    @Override
    public void yieldSlot() {
      slot.giveBack();
    }

    @Override
    public void takeSlot() throws InterruptedException {
      slot.take();
    }
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    return switch (message) {
      case Stop(var reason) -> stop(reason);
      case Said said -> say(said);
      case Ended(var report) -> end(report);
      case Acknowledged(var number) -> acknowledge(number);
      case Unanswered _ -> Behaviors.same();
      case Repeat _ -> tellOldest();
    };
  }

  /// However this actor ends, its work does not outlive it.
  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) thread.interrupt();
    return Behaviors.same();
  }

  private Behavior<Message> stop(@Nullable String reason) {
    if (reason == null) {
      dropped = true;
      untold.clear();
      timers.cancelAll();
    }
    if (!running) return dropped ? Behaviors.stopped() : Behaviors.same();
    stopReason = reason;
    thread.interrupt();
    return Behaviors.same();
  }

  /// What arrives after a stop with a reason may be told all the same: it has happened.
  private Behavior<Message> say(Said said) {
    if (dropped) return Behaviors.same();
    untold.add(said);
    return untold.size() == 1 ? tellOldest() : Behaviors.same();
  }

  private Behavior<Message> end(AttemptReport report) {
    running = false;
    var last =
        stopReason != null && report instanceof Interrupted ? new Interrupted(stopReason) : report;
    finished.finished(oldestNumber + untold.size());
    return dropped ? Behaviors.stopped() : say(new Said(last, null));
  }

  private Behavior<Message> acknowledge(int number) {
    if (dropped || number != oldestNumber) return Behaviors.same();
    timers.cancel(Repeat.class);
    oldestNumber++;
    var persisted = untold.remove().persisted();
    if (persisted != null) persisted.complete(Done.getInstance());
    if (!untold.isEmpty()) return tellOldest();
    return running ? Behaviors.same() : Behaviors.stopped();
  }

  private Behavior<Message> tellOldest() {
    var oldest = untold.peek();
    if (oldest == null) return Behaviors.same();
    var report = oldest.report();
    var number = oldestNumber;
    getContext()
        .ask(
            Done.class,
            reportTo,
            REPEAT.multipliedBy(2),
            replyTo -> new WorkerCommand.Report(attempt, number, report, replyTo),
            (done, _) -> done == null ? new Unanswered() : new Acknowledged(number));
    timers.startSingleTimer(Repeat.class, new Repeat(), REPEAT);
    return Behaviors.same();
  }
}
