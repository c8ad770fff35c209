package dev.muster.orchestrator.usecase;

import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// Supervisors that only note that they were created.
///
/// @param failures of the first, one after the other
record ToldRuns(List<String> told, List<String> plans, List<Throwable> failures) implements Runs {
  ToldRuns(List<String> told, List<String> plans) {
    this(told, plans, List.of());
  }

  @Override
  public CompletionStage<RunStatus> create(
      String run, String plan, RunSettings settings, @Nullable String doneBefore) {
    told.add(run);
    plans.add(plan);
    return told.size() > failures.size()
        ? describe(run)
        : CompletableFuture.failedFuture(failures.get(told.size() - 1));
  }

  @Override
  public CompletionStage<RunStatus> describe(String run) {
    return new CompletableFuture<RunStatus>().completeOnTimeout(null, 0, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<RunStatus> pause(String run, List<String> workers, String by) {
    return describe(run);
  }

  @Override
  public CompletionStage<RunStatus> resume(String run, List<String> workers, String by) {
    return describe(run);
  }

  @Override
  public CompletionStage<RunStatus> cancel(String run, List<String> workers, String by) {
    return describe(run);
  }

  @Override
  public CompletionStage<RunStatus> tag(
      String run, List<String> add, List<String> remove, String by) {
    return describe(run);
  }

  @Override
  public CompletionStage<RunStatus> retry(String run, List<String> workers, String by) {
    return describe(run);
  }

  @Override
  public CompletionStage<RunStatus> refresh(
      String run, List<String> workers, List<RunPlan.Planned> texts, String by) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<RunStatus> launch(String run, int wave, String by) {
    return describe(run);
  }

  @Override
  public CompletionStage<Done> forget(String run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<RunStatus> report(String run, ResultsReport report) {
    return describe(run);
  }
}
