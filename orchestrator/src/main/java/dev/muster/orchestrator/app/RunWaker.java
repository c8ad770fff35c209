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
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// Finds unfinished runs in the journal and wakes their supervisors: at once, whenever a node has
/// left the cluster, and every 10 s. Ids of runs sort by time, so `from` leaves out the runs of
/// earlier nodes where nobody has asked for them to be resumed.
///
/// The journal is the only truth about which runs there are, so nothing else has to be remembered:
/// a supervisor whose node died is woken by whichever orchestrator is left.
final class RunWaker extends AbstractMatchingBehavior<RunWaker.Command> {
  sealed interface Command {}

  private record Look() implements Command {}

  /// A node has gone, and whom it hosted is hosted by nobody until somebody speaks to them.
  private record Left(Member member) implements Command {}

  /// @param remind whether workers may have been lost with a node
  private record Found(List<String> runs, boolean remind) implements Command {}

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
          var left =
              context.messageAdapter(MemberRemoved.class, removed -> new Left(removed.member()));
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(left, MemberRemoved.class));
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
      case Look _ -> look(false);
      case Left(var member) -> {
        getContext().getLog().info("{} has left the cluster", member.address());
        look(true);
      }
      case Found(var runs, var remind) ->
          runs.stream().filter(run -> run.compareTo(from) >= 0).forEach(run -> wake(run, remind));
    }
    return Behaviors.same();
  }

  private void look(boolean remind) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(journal::unfinished, blocking),
            (runs, failure) -> new Found(failure == null ? runs : failed(failure), remind));
  }

  private List<String> failed(Throwable failure) {
    getContext().getLog().warn("unfinished runs could not be read, trying again soon", failure);
    return List.of();
  }

  private void wake(String run, boolean remind) {
    var supervisor = sharding.entityRefFor(RunCommand.TYPE_KEY, run);
    supervisor.tell(new RunCommand.Wake());
    if (remind) supervisor.tell(new RunCommand.Remind());
  }
}
