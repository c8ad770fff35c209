package dev.muster.orchestrator.usecase;

import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// The supervisors of runs, as the API needs them. A refusal fails the stage with
/// `StatusReply.ErrorMessage`, silence with a timeout.
public interface Runs {
  /// @param plan digest of a plan that is stored
  /// @param doneBefore digest of what an earlier run has done, which is stored; null for nothing
  CompletionStage<RunStatus> create(
      String run, String plan, RunSettings settings, @Nullable String doneBefore);

  CompletionStage<RunStatus> describe(String run);

  /// @param workers whom it concerns; empty means the whole run
  CompletionStage<RunStatus> pause(String run, List<String> workers, String by);

  CompletionStage<RunStatus> resume(String run, List<String> workers, String by);

  CompletionStage<RunStatus> cancel(String run, List<String> workers, String by);

  /// What it is called by besides its id, from now on.
  CompletionStage<RunStatus> tag(String run, List<String> add, List<String> remove, String by);

  CompletionStage<RunStatus> retry(String run, List<String> workers, String by);

  /// Also takes new texts of workers, and reopens those with all that rests on them.
  CompletionStage<RunStatus> refresh(
      String run, List<String> workers, List<RunPlan.Planned> texts, String by);

  CompletionStage<RunStatus> launch(String run, int wave, String by);

  /// The supervisor and the gate of a run that has ended leave the memory. Repeatable.
  CompletionStage<Done> forget(String run);

  /// What became of writing the run's results.
  CompletionStage<RunStatus> report(String run, ResultsReport report);
}
