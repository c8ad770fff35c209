package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files a worker owes: paths in backticks among the items of DELIVERABLES.
///
/// @param files workspace-relative paths in the order of the text
/// @param resultsFile the item "Test results file", which the runtime writes
public record Deliverables(List<Path> files, @Nullable Path resultsFile) {
  public Deliverables {
    files = List.copyOf(files);
  }

  /// @param line where the file names it
  public record Path(String path, int line) {}

  /// All paths, the results file last.
  public List<Path> all() {
    if (resultsFile == null) return files;
    var all = new ArrayList<>(files);
    all.add(resultsFile);
    return all;
  }
}
