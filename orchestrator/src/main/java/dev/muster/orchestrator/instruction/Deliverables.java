package dev.muster.orchestrator.instruction;

import dev.muster.orchestrator.instruction.Document.Line;
import dev.muster.orchestrator.instruction.Document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files a worker owes: paths in backticks among the items of DELIVERABLES.
///
/// @param files workspace-relative paths in the order of the text
/// @param resultsFile the item "Test results file", which the runtime writes
public record Deliverables(List<Path> files, @Nullable Path resultsFile) {
  private static final Pattern BACKTICKS = Pattern.compile("`([^`]+)`");
  private static final Pattern RESULTS = Pattern.compile("(?i)\\btest results? file\\b");
  private static final int FILES_MAX = 1_000;

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

  static Deliverables read(ParsedInstruction parsed, List<Finding> findings) {
    var files = new ArrayList<Path>();
    Path results = null;
    for (Section section : parsed.sections(Point.DELIVERABLES)) {
      var items = section.items();
      for (Line item : items.isEmpty() ? section.statements() : items) {
        for (var path : paths(parsed.file(), item, findings)) {
          if (results == null && RESULTS.matcher(item.text()).find()) {
            results = path;
          } else if (files.size() < FILES_MAX
              && files.stream().noneMatch(known -> known.path().equals(path.path()))) {
            files.add(path);
          }
        }
      }
    }
    var owned = results;
    if (owned != null) files.removeIf(path -> path.path().equals(owned.path()));
    return new Deliverables(files, results);
  }

  private static List<Path> paths(String file, Line item, List<Finding> findings) {
    var paths = new ArrayList<Path>();
    var match = BACKTICKS.matcher(item.text());
    while (match.find()) {
      var text = match.group(1).strip();
      if (!RelativePath.looksLikePath(text)) continue;
      var problem = RelativePath.problem(text);
      var path = RelativePath.normal(text);
      if (problem == null && !path.isEmpty()) {
        paths.add(new Path(path, item.number()));
      } else {
        findings.add(
            Finding.of(
                Code.INVALID_DELIVERABLE,
                file,
                item.number(),
                "`" + text + "` " + (problem == null ? "names no file" : problem),
                "Name a file below the workspace, such as `out/report.json`."));
      }
    }
    return paths;
  }
}
