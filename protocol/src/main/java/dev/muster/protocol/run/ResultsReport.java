package dev.muster.protocol.run;

import dev.muster.protocol.run.RunEvent.ResultsNotWritten;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of writing a run's results.
///
/// @param folder the run's own
/// @param failure why not all of it could be written; null when it was
/// @param conflicts the first of them
public record ResultsReport(
    String folder, @Nullable String failure, int conflictsTotal, List<DeliveryConflict> conflicts) {
  public ResultsReport {
    conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
  }

  public static ResultsReport failed(String folder, String failure) {
    return new ResultsReport(folder, failure, 0, List.of());
  }

  public RunEvent at(Instant at) {
    return failure == null
        ? new ResultsWritten(folder, conflictsTotal, conflicts, at)
        : new ResultsNotWritten(folder, failure, at);
  }
}
