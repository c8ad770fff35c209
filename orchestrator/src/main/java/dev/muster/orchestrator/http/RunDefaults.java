package dev.muster.orchestrator.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a run gets when its creator says nothing about it.
///
/// @param target absolute; what workforces work on
/// @param results absolute; the folder that receives `<run>/…`
/// @param hidden absolute paths that workers never see, such as the data folder; the run's own
///   results folder is always hidden, too
/// @param approvalWaitMax how long an operation waits for a decision
/// @param slots workers that all nodes together run at once, for the forecast
public record RunDefaults(
    Path target, Path results, List<Path> hidden, Duration approvalWaitMax, int slots) {
  public RunDefaults {
    hidden = List.copyOf(hidden);
  }
}
