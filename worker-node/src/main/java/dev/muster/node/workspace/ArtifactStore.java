package dev.muster.node.workspace;

import dev.muster.protocol.worker.Artifact;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/// Deliverables by the digest of their content, for every node of the cluster.
public interface ArtifactStore {
  /// Stores the content of a regular file. When it returns, the content survives a crash. Storing
  /// the same content twice is harmless.
  ///
  /// @param path the workspace-relative path that the artifact gets
  Artifact put(Path file, String path) throws IOException;

  /// Whether this content is known to be here, so that it need not be stored. False when that would
  /// cost as much to find out.
  default boolean holds(String sha256) {
    return false;
  }

  /// Writes the content to a new file, whose folders exist, and sets its execute bit.
  ///
  /// @throws IOException also when the content is missing or no longer has its digest
  void fetch(Artifact artifact, Path to) throws IOException;

  /// The store does not answer for now. What needs it is interrupted and has not failed.
  final class UnreachableException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    public UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
