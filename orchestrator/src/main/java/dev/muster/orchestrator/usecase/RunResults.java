package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.readside.result.ResultsException;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.protocol.run.ResultsReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the results of a run, and has the run remember what became of it.
public record RunResults(ResultsWriter writer, Runs runs, RunLookup lookup) {
  /// @param to null for where they belong
  public ResultsReport write(String run, @Nullable Path to) {
    var status = lookup.status(run);
    try {
      var report = to == null ? writer.writeAll(run, status) : writer.writeAll(run, status, to);
      remember(run, report);
      return report;
    } catch (ResultsException e) {
      // A try elsewhere takes nothing from what is where it belongs.
      if (to == null) {
        remember(run, ResultsReport.failed(writer.folderOf(run).toString(), e.reason()));
      }
      throw e;
    }
  }

  private void remember(String run, ResultsReport report) {
    var known = lookup.run(run).results();
    if (known == null || !known.says(report)) Await.answerOrNull(runs.report(run, report));
  }
}
