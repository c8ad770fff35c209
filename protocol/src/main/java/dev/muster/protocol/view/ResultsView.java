package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunEvent.ResultsNotWritten;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of writing the results of a run.
///
/// @param folder the run's own
/// @param failure why not all of it could be written; null when it was
/// @param conflicts the first paths that workers delivered differently; all versions are kept
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResultsView(
    boolean written,
    String folder,
    @Nullable String failure,
    int conflictsTotal,
    List<DeliveryConflict> conflicts) {
  public ResultsView {
    conflicts = List.copyOf(conflicts);
  }

  /// Whether it would be no news.
  public boolean says(ResultsReport report) {
    return folder.equals(report.folder())
        && Objects.equals(failure, report.failure())
        && conflicts.equals(report.conflicts())
        && conflictsTotal == report.conflictsTotal();
  }

  public static ResultsView of(ResultsWritten it) {
    return new ResultsView(true, it.folder(), null, it.conflictsTotal(), it.conflicts());
  }

  public static ResultsView of(ResultsNotWritten it) {
    return new ResultsView(false, it.folder(), it.reason(), 0, List.of());
  }
}
