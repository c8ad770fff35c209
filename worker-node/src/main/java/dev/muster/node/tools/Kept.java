package dev.muster.node.tools;

import dev.muster.node.tools.Boundaries.Act;
import dev.muster.node.workspace.FileTree;
import dev.muster.node.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts a workspace right after a script, which can write anything in it: what BOUNDARIES forbid to
/// change becomes again what was handed in, and what they forbid to make goes. That compares with
/// what was handed in and not with what was before the script, so it may be done at any time, and
/// again. It looks at forbidden paths alone; at all names only where a rule forbids to create.
public final class Kept {
  private static final int NAMES_MAX = 100_000;
  private static final int SAID_MAX = 5;

  private final WorkspaceFiles work;
  private final @Nullable WorkspaceFiles inputs;
  private final Boundaries boundaries;
  private final TreeMap<String, Rule> undone = new TreeMap<>();
  private int names;

  private Kept(ToolPlace place) throws IOException {
    this.work = WorkspaceFiles.in(place.work());
    this.inputs = Files.isDirectory(place.inputs()) ? WorkspaceFiles.in(place.inputs()) : null;
    this.boundaries = place.boundaries();
  }

  /// @return what was put right; null when nothing was forbidden
  public static @Nullable Violation after(ToolPlace place) throws IOException {
    var rules = BoundaryReader.read(place.boundaries().lines());
    if (rules.stream().allMatch(Rule::allows)) return null;
    var kept = new Kept(place);
    if (kept.inputs != null) kept.restore(kept.inputs, Path.of(""));
    kept.names = 0;
    if (rules.stream().anyMatch(Rule::forbidsUnknown)) kept.remove(Path.of(""));
    return kept.violation();
  }

  /// Puts tests back that were handed in and are none of its own work, whatever BOUNDARIES say: who
  /// changed them has proved nothing.
  ///
  /// @return which, in words; null when all are as they were
  public static @Nullable String tests(ToolPlace place) throws IOException {
    var lines = List.of("CANNOT modify: tests");
    var tests = new Boundaries(lines, place.boundaries().deliverables());
    var kept = new Kept(new ToolPlace(place.work(), place.inputs(), tests));
    if (kept.inputs != null) kept.restore(kept.inputs, Path.of(""));
    var changed = kept.violation();
    return changed == null ? null : changed.what();
  }

  private void restore(WorkspaceFiles inputs, Path folder) throws IOException {
    for (var each : inputs.list(folder, NAMES_MAX)) {
      count();
      var path = folder.resolve(each.path());
      if (each.found().kind() == FileTree.Kind.FOLDER) {
        restore(inputs, path);
      } else if (each.found().kind() == FileTree.Kind.FILE) {
        var rule = boundaries.forbids(Act.CHANGE, path.toString());
        if (rule != null) restore(inputs, path, rule);
      }
    }
  }

  private void restore(WorkspaceFiles inputs, Path path, Rule rule) throws IOException {
    if (work.holdsSame(path, inputs)) return;
    work.clear(path);
    work.take(path, inputs);
    undone.put(path.toString(), rule);
  }

  private void remove(Path folder) throws IOException {
    work.open(folder);
    for (var each : work.list(folder, NAMES_MAX)) {
      count();
      var path = folder.resolve(each.path());
      if (each.found().kind() == FileTree.Kind.FOLDER) {
        remove(path);
        continue;
      }
      if (inputs != null && inputs.look(path) != null) continue;
      var rule = boundaries.forbids(Act.CREATE, path.toString());
      if (rule == null) continue;
      work.clear(path);
      undone.put(path.toString(), rule);
    }
  }

  private void count() throws IOException {
    if (++names > NAMES_MAX) {
      throw new IOException(
          "more than %d files are to be compared with what BOUNDARIES forbid".formatted(NAMES_MAX));
    }
  }

  private @Nullable Violation violation() {
    if (undone.isEmpty()) return null;
    List<String> paths = new ArrayList<>(undone.keySet());
    var said = String.join(", ", paths.subList(0, Math.min(SAID_MAX, paths.size())));
    if (paths.size() > SAID_MAX) said += " and " + (paths.size() - SAID_MAX) + " more";
    var rule = undone.values().iterator().next().inWords();
    return new Violation(
        Violation.Kind.TAMPER, "%s; put back as it was: %s".formatted(rule, said), said);
  }
}
