package dev.muster.orchestrator.app;

import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.pattern.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds unfinished runs and wakes their supervisors: at once, whenever a node has left the
/// cluster, and every 10 s. Ids of runs sort by time, so `from` leaves out the runs of earlier
/// nodes where nobody has asked for them to be resumed.
///
/// The journal is the only truth about which runs there are, so nothing else has to be remembered:
/// a supervisor whose node died is woken by whichever orchestrator is left.
final class RunWaker extends AbstractMatchingBehavior<RunWaker.Command> {
  sealed interface Command {}

  private record Look() implements Command {}

  /// What an earlier node left behind is looked for like after a loss.
  private record Began() implements Command {}

  /// A node has gone, and whom it hosted is hosted by nobody until somebody speaks to them.
  private record Left(Member member) implements Command {}

  /// Whether an orchestrator that is there goes on with what it has begun.
  private record Overlook() implements Command {}

  /// @param finished of which the journal does not say what became of their results
  private record Overlooked(List<String> finished) implements Command {}

  /// @param remind whether workers may have been lost with a node
  /// @param finished the newest that have ended, in case a node went before it had written results
  ///   or closed their approvals
  private record Found(List<String> runs, boolean remind, List<String> finished)
      implements Command {}

  /// It is back in memory, or was waited for long enough.
  private record Woken(String run) implements Command {}

  private static final Logger LOG = LoggerFactory.getLogger(RunWaker.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration OVERLOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration WOKEN_WITHIN = Duration.ofSeconds(10);

  /// So many may have ended in the moment in which a node died.
  private static final int FINISHED_MAX = 50;

  /// Each of these has its gate woken, which reads its journal.
  private static final int CLOSED_MAX = 5;

  private final RunViews runs;
  private final ClusterSharding sharding;
  private final ResultsListener results;
  private final Executor blocking;
  private final String from;
  private final ActorRef<StatusReply<RunStatus>> nobody;
  private final WakeLine line = new WakeLine();

  static Behavior<Command> create(
      RunViews runs,
      ClusterSharding sharding,
      ResultsListener results,
      Executor blocking,
      String from) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Look(), EVERY, EVERY);
          timers.startTimerWithFixedDelay(new Overlook(), OVERLOOK_EVERY, OVERLOOK_EVERY);
          context.getSelf().tell(new Began());
          var left =
              context.messageAdapter(MemberRemoved.class, removed -> new Left(removed.member()));
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(left, MemberRemoved.class));
          return new RunWaker(context, runs, sharding, results, blocking, from);
        }));
  }

  private RunWaker(
      ActorContext<Command> context,
      RunViews runs,
      ClusterSharding sharding,
      ResultsListener results,
      Executor blocking,
      String from) {
    super(context);
    this.runs = runs;
    this.sharding = sharding;
    this.results = results;
    this.blocking = blocking;
    this.from = from;
    this.nobody = context.getSystem().ignoreRef();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Look _ -> look(false);
      case Began _ -> look(true);
      case Left(var member) -> {
        getContext().getLog().info("{} has left the cluster", member.address());
        look(true);
      }
      case Overlook _ -> {
        if (hasPeers()) overlook();
      }
      case Overlooked(var finished) -> results.completeOverlooked(finished, this::tell);
      case Found(var runs, var remind, var finished) -> {
        line.found(runs.stream().filter(run -> run.compareTo(from) >= 0).toList(), remind);
        // One that has moved to another node since is woken there.
        line.awake().forEach(run -> tell(run, new RunCommand.Wake()));
        wakeSome();
        results.completeAfter(finished, this::tell);
        finished.stream().limit(CLOSED_MAX).forEach(this::close);
      }
      case Woken(var run) -> {
        line.woken(run);
        wakeSome();
      }
    }
    return Behaviors.same();
  }

  private void look(boolean afterLoss) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> find(afterLoss), blocking),
            (found, failure) -> failure == null ? found : failed(failure));
  }

  private boolean hasPeers() {
    var orchestrators = 0;
    for (var member : Cluster.get(getContext().getSystem()).state().getMembers()) {
      if (member.hasRole(Orchestrator.ROLE)) orchestrators++;
    }
    return orchestrators > 1;
  }

  private void overlook() {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> withoutResults(runs), blocking),
            (found, failure) -> {
              if (failure == null) return new Overlooked(found);
              LOG.warn("runs without results could not be read, trying again in a minute", failure);
              return new Overlooked(List.of());
            });
  }

  /// Of which nobody has said what became of their results since they ended.
  static List<String> withoutResults(RunViews runs) {
    return runs.runs(runs.newest(FINISHED_MAX)).stream()
        .filter(run -> run.finishedAt() != null && run.results() == null)
        .map(RunView::id)
        .toList();
  }

  /// What carries a run on does not depend on what is told of it: where the tables cannot say which
  /// runs there are, the whole journal is looked through.
  private Found find(boolean afterLoss) {
    try {
      return found(runs.unfinished(), afterLoss ? runs.newest(FINISHED_MAX) : List.of(), afterLoss);
    } catch (JournalException e) {
      LOG.warn("looking through the journal for runs: {}", e.getMessage());
      var journal = runs.journal();
      var newest = afterLoss ? journal.runs(null, FINISHED_MAX) : List.<String>of();
      return found(journal.unfinished(), newest, afterLoss);
    }
  }

  private static Found found(List<String> unfinished, List<String> newest, boolean afterLoss) {
    var finished = new ArrayList<>(newest);
    finished.removeAll(unfinished);
    return new Found(unfinished, afterLoss, finished);
  }

  private Found failed(Throwable failure) {
    getContext().getLog().warn("unfinished runs could not be read, trying again soon", failure);
    return new Found(List.of(), false, List.of());
  }

  /// From the thread that writes results.
  private void tell(String run, ResultsReport report) {
    tell(run, new RunCommand.ReportResults(report, nobody));
  }

  /// The node may have gone before the gate of a run that had ended was told so.
  private void close(String run) {
    sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, run)
        .tell(new ApprovalCommand.Close(List.of(), "muster", "its run has ended"));
  }

  private void wakeSome() {
    for (var turn : line.next()) {
      var run = turn.run();
      tell(run, new RunCommand.Wake());
      if (turn.remind()) tell(run, new RunCommand.Remind());
      getContext()
          .askWithStatus(
              RunStatus.class,
              sharding.entityRefFor(RunCommand.TYPE_KEY, run),
              WOKEN_WITHIN,
              RunCommand.Describe::new,
              (_, _) -> new Woken(run));
    }
  }

  private void tell(String run, RunCommand command) {
    sharding.entityRefFor(RunCommand.TYPE_KEY, run).tell(command);
  }
}
