package dev.muster.host.trust;

import dev.muster.orchestrator.engine.instruction.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a small file that somebody else may have put there: a link would show what only this user
/// may read, and a pipe or a device never ends.
public final class PlainFile {
  private PlainFile() {}

  /// Null when nothing is there.
  ///
  /// @throws IOException in words when it is no plain file, or larger than this
  public static byte @Nullable [] read(Path file, int bytesMax) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return null;
    if (Files.isSymbolicLink(file)) {
      throw new IOException(
          "expected a plain file, found a link to " + Files.readSymbolicLink(file));
    }
    return BoundedFile.read(file, bytesMax, LinkOption.NOFOLLOW_LINKS);
  }
}
