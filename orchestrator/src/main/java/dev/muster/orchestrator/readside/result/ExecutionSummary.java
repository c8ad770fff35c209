package dev.muster.orchestrator.readside.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.Spend;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `execution_summary.json`: how a run went, in numbers.
///
/// @param outcome the state with the words that must stand beside it, such as how many are weak
/// @param replayed what the tape says of itself that answered in place of models; null when none
///   did
/// @param spend of its agents; that of each wave stands with the wave
/// @param successRate completed workers of all workers, those left out included, 0 to 1
/// @param testPassRate passed tests of all tests that the verdicts rest on, 0 to 1; null when no
///   test ran
/// @param conflicts paths that workers delivered with different content, and where each version is
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExecutionSummary(
    String run,
    String workforce,
    RunPhase state,
    String outcome,
    @Nullable String replayed,
    Instant startedAt,
    @Nullable String startedBy,
    @Nullable Instant finishedAt,
    double durationSeconds,
    double waitedSeconds,
    int resumes,
    RunView.Workers workers,
    List<RunView.Wave> waves,
    RunView.Approvals approvals,
    RunView.Retrospectives retrospectives,
    double successRate,
    @Nullable Double testPassRate,
    Spend spend,
    RunView.Headroom headroom,
    @JsonUnwrapped RunView.Scope scope,
    Conflicts conflicts) {
  public ExecutionSummary {
    waves = List.copyOf(waves);
  }

  /// @param items the first of them
  public record Conflicts(int total, List<DeliveryConflict> items) {
    public Conflicts {
      items = List.copyOf(items);
    }
  }

  static ExecutionSummary of(RunView run, Conflicts conflicts) {
    return new ExecutionSummary(
        run.id(),
        run.workforce(),
        run.state(),
        run.outcome(),
        run.settings().replayed(),
        run.startedAt(),
        run.startedBy(),
        run.finishedAt(),
        run.durationSeconds(),
        run.waitedSeconds(),
        run.resumes(),
        run.workers(),
        run.waves(),
        run.approvals(),
        run.retrospectives(),
        run.successRate(),
        run.testPassRate(),
        run.spend(),
        run.headroom(),
        run.scope(),
        conflicts);
  }
}
