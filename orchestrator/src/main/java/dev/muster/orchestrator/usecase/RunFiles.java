package dev.muster.orchestrator.usecase;

/// What this node keeps of runs in files beside the journal: workspaces and the logs of attempts.
public interface RunFiles {
  /// @throws java.io.UncheckedIOException where it cannot
  void remove(String run);

  /// Looks at every file, so it takes as long as there are files.
  ///
  /// @throws java.io.UncheckedIOException where it cannot
  Disk disk(String run);

  /// @param node where this is; other nodes keep what ran there
  /// @param bytes in regular files
  /// @param files files and folders
  record Disk(String run, String node, long bytes, long files) {}
}
