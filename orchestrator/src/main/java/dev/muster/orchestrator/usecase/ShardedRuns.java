package dev.muster.orchestrator.usecase;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.commons.CommonsCommand;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// Asks the supervisors where the cluster has put them.
public final class ShardedRuns implements Runs {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration CHANGE = Duration.ofSeconds(10);

  private final ClusterSharding sharding;

  public ShardedRuns(ClusterSharding sharding) {
    this.sharding = sharding;
  }

  @Override
  public CompletionStage<RunStatus> create(
      String run, String plan, RunSettings settings, @Nullable String doneBefore) {
    return ask(run, replyTo -> new RunCommand.Create(plan, settings, doneBefore, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> describe(String run) {
    return ask(run, RunCommand.Describe::new, LOOK);
  }

  @Override
  public CompletionStage<RunStatus> pause(String run, List<String> workers, String by) {
    return ask(run, replyTo -> new RunCommand.Pause(workers, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> resume(String run, List<String> workers, String by) {
    return ask(run, replyTo -> new RunCommand.Resume(workers, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> cancel(String run, List<String> workers, String by) {
    return ask(run, replyTo -> new RunCommand.Cancel(workers, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> tag(
      String run, List<String> add, List<String> remove, String by) {
    return ask(run, replyTo -> new RunCommand.Tag(add, remove, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> retry(String run, List<String> workers, String by) {
    return ask(run, replyTo -> new RunCommand.Retry(workers, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> refresh(
      String run, List<String> workers, List<RunPlan.Planned> texts, String by) {
    return ask(run, replyTo -> new RunCommand.Retry(workers, texts, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<RunStatus> launch(String run, int wave, String by) {
    return ask(run, replyTo -> new RunCommand.LaunchWave(wave, by, replyTo), CHANGE);
  }

  @Override
  public CompletionStage<Done> forget(String run) {
    return sharding
        .entityRefFor(RunCommand.TYPE_KEY, run)
        .askWithStatus(RunCommand.Forget::new, CHANGE)
        .thenApply(done -> {
          sharding.entityRefFor(ApprovalCommand.TYPE_KEY, run).tell(new ApprovalCommand.Forget());
          sharding.entityRefFor(CommonsCommand.TYPE_KEY, run).tell(new CommonsCommand.Forget());
          return done;
        });
  }

  @Override
  public CompletionStage<RunStatus> report(String run, ResultsReport report) {
    return ask(run, replyTo -> new RunCommand.ReportResults(report, replyTo), CHANGE);
  }

  private CompletionStage<RunStatus> ask(
      String run,
      Function<ActorRef<StatusReply<RunStatus>>, RunCommand> command,
      Duration timeout) {
    return sharding.entityRefFor(RunCommand.TYPE_KEY, run).askWithStatus(command::apply, timeout);
  }
}
