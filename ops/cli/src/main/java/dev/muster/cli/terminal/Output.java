package dev.muster.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A stream whose failures are heard: see `LostOutput`.
final class Output extends OutputStream {
  private final OutputStream to;
  private final @Nullable Path link;

  /// @param link leads to what the stream is, as Linux shows it; null where nobody knows
  Output(OutputStream to, @Nullable Path link) {
    this.to = to;
    this.link = link;
  }

  private interface Write {
    void run() throws IOException;
  }

  private void heard(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new LostOutput(e, isPipe(e));
    }
  }

  /// The words of the system may be in any language; a pipe fails in one way only.
  private boolean isPipe(IOException e) {
    if ("Broken pipe".equals(e.getMessage())) return true;
    try {
      return link != null && Files.readSymbolicLink(link).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  @Override
  public void write(int octet) {
    heard(() -> to.write(octet));
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    heard(() -> to.write(bytes, from, length));
  }

  @Override
  public void flush() {
    heard(to::flush);
  }
}
