package dev.muster.node.workspace;

/// Keeps what attempts printed where it outlives this node.
@FunctionalInterface
public interface LogShelf {
  /// For a node of its own: logs stay in their workspaces.
  LogShelf NONE = (_, _, _, _) -> {};

  /// Keeps the log of an attempt that has ended, or that waits for a decision and may go on later:
  /// then it is kept again. Never fails, and never takes long: what cannot be kept now is kept
  /// soon, or when this node starts again, and lies in its workspace until then.
  void keep(String run, String worker, int attempt, Workspace workspace);
}
