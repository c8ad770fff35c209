package dev.muster.orchestrator.app;

import dev.muster.orchestrator.view.JournalReader;
import dev.muster.protocol.run.RunCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Finds unfinished runs in the journal and wakes their supervisors, at once and then every 10 s.
/// Ids of runs sort by time, so `from` leaves out the runs of earlier nodes where nobody has asked
/// for them to be resumed.
///
/// The journal is the only truth about which runs there are, so nothing else has to be remembered:
/// a supervisor whose node died is woken by whichever orchestrator is left.
final class RunWaker extends AbstractMatchingBehavior<RunWaker.Command> {
  sealed interface Command {}

  private record Look() implements Command {}

  private record Found(List<String> runs) implements Command {}

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final JournalReader journal;
  private final ClusterSharding sharding;
  private final Executor blocking;
  private final String from;

  static Behavior<Command> create(
      JournalReader journal, ClusterSharding sharding, Executor blocking, String from) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Look(), Duration.ZERO, EVERY);
          return new RunWaker(context, journal, sharding, blocking, from);
        }));
  }

  private RunWaker(
      ActorContext<Command> context,
      JournalReader journal,
      ClusterSharding sharding,
      Executor blocking,
      String from) {
    super(context);
    this.journal = journal;
    this.sharding = sharding;
    this.blocking = blocking;
    this.from = from;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Look _ ->
          getContext()
              .pipeToSelf(
                  CompletableFuture.supplyAsync(journal::unfinished, blocking),
                  (runs, failure) -> new Found(failure == null ? runs : failed(failure)));
      case Found(var runs) ->
          runs.stream().filter(run -> run.compareTo(from) >= 0).forEach(this::wake);
    }
    return Behaviors.same();
  }

  private List<String> failed(Throwable failure) {
    getContext().getLog().warn("unfinished runs could not be read, trying again soon", failure);
    return List.of();
  }

  private void wake(String run) {
    sharding.entityRefFor(RunCommand.TYPE_KEY, run).tell(new RunCommand.Wake());
  }
}
