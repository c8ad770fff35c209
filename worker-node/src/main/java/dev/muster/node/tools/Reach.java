package dev.muster.node.tools;

import dev.muster.node.tools.Boundaries.Act;
import dev.muster.node.tools.CheckedTool.RefusedException;
import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.Violation.Kind;
import dev.muster.node.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a tool may reach where an agent works.
record Reach(ToolPlace place, WorkspaceFiles files) {
  /// The workspace as its scripts know it, which models say after them.
  private static final String INSIDE = "/muster/work";

  static Reach of(ToolPlace place) throws IOException {
    return new Reach(place, WorkspaceFiles.in(place.work()));
  }

  /// Empty for the workspace itself.
  Path path(String text) throws UnfitException, IOException {
    if (text.isBlank()) throw new UnfitException("`path` is empty; `.` is the workspace itself");
    return files.path(relative(relative(text, INSIDE), place.work().toString()));
  }

  private static String relative(String text, String root) {
    if (text.equals(root) || text.equals(root + "/")) return ".";
    return text.startsWith(root + "/") ? text.substring(root.length() + 1) : text;
  }

  /// A path that BOUNDARIES let the agent write.
  Path writable(String text) throws UnfitException, IOException, RefusedException {
    var path = path(text);
    if (path.toString().isEmpty()) throw new UnfitException("`path` names no file");
    var rule = place.boundaries().forbids(isGiven(path) ? Act.CHANGE : Act.CREATE, path.toString());
    if (rule == null) return path;
    throw new RefusedException(Kind.WORKSPACE_VIOLATION, rule.inWords(), "write " + path);
  }

  private boolean isGiven(Path path) throws IOException {
    return Files.isDirectory(place.inputs())
        && WorkspaceFiles.in(place.inputs()).look(path) != null;
  }

  static void network(ToolPlace place, String what) throws RefusedException {
    var rule = place.boundaries().forbidsNetwork();
    if (rule != null) {
      throw new RefusedException(Kind.WORKSPACE_VIOLATION, rule.inWords(), what);
    }
  }
}
