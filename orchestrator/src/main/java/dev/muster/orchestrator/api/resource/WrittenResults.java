package dev.muster.orchestrator.api.resource;

import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.run.ResultsReport;
import java.util.List;

/// Where the results of a run were written.
///
/// @param folder the run's own
/// @param conflicts the first paths that workers delivered differently; all versions are kept
record WrittenResults(
    String run, String folder, int conflictsTotal, List<DeliveryConflict> conflicts) {
  WrittenResults {
    conflicts = List.copyOf(conflicts);
  }

  static WrittenResults of(String run, ResultsReport report) {
    return new WrittenResults(run, report.folder(), report.conflictsTotal(), report.conflicts());
  }
}
