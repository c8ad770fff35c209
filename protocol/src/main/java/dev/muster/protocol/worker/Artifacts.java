package dev.muster.protocol.worker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;

/// Contents by their SHA-256, which every node of the cluster finds: deliverables, logs of
/// attempts, targets of runs. Contents are whole or not there at all, and never change. What nobody
/// names is removed after a while ([StoredContents]).
///
/// A digest is 64 lower-case hexadecimal digits; anything else is an `IllegalArgumentException`.
public interface Artifacts {
  /// Stores the content of a regular file. When it returns, every node finds the content. Storing
  /// the same content twice, also at the same time, is harmless.
  ///
  /// @return its SHA-256
  String put(Path file) throws IOException;

  /// @param path the workspace-relative path that the artifact gets
  default Artifact put(Path file, String path) throws IOException {
    return new Artifact(path, put(file), Files.size(file), Files.isExecutable(file));
  }

  /// Whether the content is there. When it is, it stays a while, as if it had been put now, so that
  /// whoever asks can name it.
  boolean holds(String sha256) throws IOException;

  /// Writes the content to a new file, whose folder exists.
  ///
  /// @throws IOException also when the content is missing or no longer has its digest
  void fetch(String sha256, Path to) throws IOException;

  /// Sets the execute bit, too, and says which file it was that cannot be fetched.
  default void fetch(Artifact artifact, Path to) throws IOException {
    try {
      fetch(artifact.sha256(), to);
    } catch (UnreachableException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("`%s`: %s".formatted(artifact.path(), e.getMessage()), e);
    }
    if (artifact.executable() && !to.toFile().setExecutable(true)) {
      throw new IOException("could not set the execute bit of " + to);
    }
  }

  /// A piece of the content, not verified: shorter than asked for at its end only.
  byte[] read(String sha256, long from, int bytesMax) throws IOException;

  /// The store does not answer. What it was asked for may be there, and can be asked for again:
  /// what needs it is interrupted and has not failed.
  final class UnreachableException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    public UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
