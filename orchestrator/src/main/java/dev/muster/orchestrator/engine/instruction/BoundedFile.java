package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Reads a file that somebody else has named. What is no regular file when it is looked at is not
/// opened, for a pipe may never be written to and a device never end; and no more is read than is
/// good, whatever size the file says it has.
public final class BoundedFile {
  private BoundedFile() {}

  /// @param links `NOFOLLOW_LINKS`, where a link is not to be read
  /// @throws IOException in words, also when it holds more
  public static byte[] read(Path file, int bytesMax, LinkOption... links) throws IOException {
    if (!Files.isRegularFile(file, links)) throw new IOException("it is no regular file");
    try (var in = Files.newInputStream(file, links)) {
      var bytes = in.readNBytes(bytesMax + 1);
      if (bytes.length <= bytesMax) return bytes;
      throw new IOException("it has more than %,d bytes".formatted(bytesMax));
    }
  }
}
