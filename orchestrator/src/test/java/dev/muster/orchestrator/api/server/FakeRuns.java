package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.usecase.Runs;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.run.Hold;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// Supervisors that do what they are told, or refuse, or say nothing.
final class FakeRuns implements Runs {
  final List<String> told = new ArrayList<>();
  @Nullable String refusal;
  boolean silent;

  /// A run whose supervisor alone refuses.
  @Nullable String refuses;

  @Override
  public CompletionStage<RunStatus> create(
      String run, String plan, RunSettings settings, @Nullable String doneBefore) {
    return answer("create " + run);
  }

  @Override
  public CompletionStage<RunStatus> describe(String run) {
    return silent
        ? CompletableFuture.failedFuture(new TimeoutException())
        : CompletableFuture.completedFuture(status(run));
  }

  @Override
  public CompletionStage<RunStatus> pause(String run, List<String> workers, String by) {
    return answer("pause " + run + " " + workers + " by " + by);
  }

  @Override
  public CompletionStage<RunStatus> resume(String run, List<String> workers, String by) {
    return answer("resume " + run + " " + workers + " by " + by);
  }

  @Override
  public CompletionStage<RunStatus> cancel(String run, List<String> workers, String by) {
    return answer("cancel " + run + " " + workers + " by " + by);
  }

  @Override
  public CompletionStage<RunStatus> tag(
      String run, List<String> add, List<String> remove, String by) {
    return answer("tag " + run + " +" + add + " -" + remove + " by " + by);
  }

  @Override
  public CompletionStage<RunStatus> retry(String run, List<String> workers, String by) {
    return answer("retry " + run + " " + workers + " by " + by);
  }

  @Override
  public CompletionStage<RunStatus> refresh(
      String run, List<String> workers, List<RunPlan.Planned> texts, String by) {
    return answer("refresh " + run + " " + workers + " " + texts.size() + " by " + by);
  }

  @Override
  public CompletionStage<RunStatus> launch(String run, int wave, String by) {
    return answer("launch " + run + " " + wave + " by " + by);
  }

  @Override
  public CompletionStage<Done> forget(String run) {
    return answer("forget " + run).thenApply(_ -> Done.getInstance());
  }

  @Override
  public CompletionStage<RunStatus> report(String run, ResultsReport report) {
    return answer("report " + run + " " + (report.failure() == null ? "written" : "failed"));
  }

  private synchronized CompletionStage<RunStatus> answer(String what) {
    if (silent) return CompletableFuture.failedFuture(new TimeoutException());
    if (what.endsWith(" " + refuses)) {
      return CompletableFuture.failedFuture(new StatusReply.ErrorMessage("Not now."));
    }
    if (refusal != null) {
      return CompletableFuture.failedFuture(new StatusReply.ErrorMessage(refusal));
    }
    told.add(what);
    return CompletableFuture.completedFuture(status(what.split(" ", -1)[1]));
  }

  private static RunStatus status(String run) {
    return new RunStatus(
        run,
        "hello",
        RunPhase.RUNNING,
        new RunSettings(
            "/w", "/w", "/r", List.of(), ApprovalPolicy.NONE, Duration.ofHours(1), false, 3),
        Journal.T0,
        null,
        0,
        new RunStatus.Counts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        List.of(),
        List.of(
            new Hold(2, "wave 2", Hold.Kind.HEADROOM, "wave 2 held: node-a memory 87.2% > 85%")),
        0,
        5,
        1.5,
        true);
  }
}
