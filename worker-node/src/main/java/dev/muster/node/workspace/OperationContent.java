package dev.muster.node.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that an operation can read, as it was when somebody was asked about it.
///
/// @param work the workspace
/// @param inputs what its dependencies gave
/// @param seen how much of the target it reads
/// @param target that part of the target
/// @param why nothing of the target is covered, or what seals it; else empty
/// @param written what lay in the folders it may write, by their paths
/// @param real device and inode of those folders; `empty` when nothing is in them
public record OperationContent(
    FileTree work,
    FileTree inputs,
    Seen seen,
    FileTree target,
    String why,
    SortedMap<String, FileTree> written,
    SortedMap<String, String> real) {
  public OperationContent {
    written = new TreeMap<>(written);
    real = new TreeMap<>(real);
  }

  /// What an operation reads of the target.
  public enum Seen {
    /// What it names, in a copy of its own.
    NAMED,
    /// All of it, in a copy of its own, because it is small.
    WHOLE,
    /// All of it, as it was packed when the run was created.
    SEALED,
    /// Nothing.
    NOTHING,
    /// There is no sandbox: the target itself, of which this was looked at.
    LIVE,
    /// There is no sandbox: the target itself, and nobody knows what of it.
    UNKNOWN
  }

  /// A workspace alone, as an operation left it.
  public static OperationContent of(FileTree work) {
    return new OperationContent(
        work, FileTree.EMPTY, Seen.NOTHING, FileTree.EMPTY, "", new TreeMap<>(), new TreeMap<>());
  }

  /// Whether the operation gets a copy of the target made for it.
  public boolean copiesTarget() {
    return switch (seen) {
      case NAMED, WHOLE, NOTHING -> true;
      case SEALED, LIVE, UNKNOWN -> false;
    };
  }

  /// What is different from an earlier time, one line each.
  public List<String> changesSince(OperationContent earlier) {
    var changes = new ArrayList<String>();
    add(changes, "workspace", work, earlier.work);
    add(changes, "inputs", inputs, earlier.inputs);
    add(changes, "target", target, earlier.target);
    written.forEach((folder, tree) ->
        add(changes, folder, tree, earlier.written.getOrDefault(folder, FileTree.EMPTY)));
    real.forEach((folder, key) -> {
      if (!key.equals(earlier.real.get(folder)) && changes.isEmpty()) {
        changes.add(folder + ": it is another folder now");
      }
    });
    return changes;
  }

  private static void add(List<String> to, String place, FileTree now, FileTree before) {
    now.changesSince(before).forEach(change -> to.add(place + ": " + change));
  }
}
