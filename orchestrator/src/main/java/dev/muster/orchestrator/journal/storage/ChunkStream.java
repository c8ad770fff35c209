package dev.muster.orchestrator.journal.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Hands on what is written to it in large pieces.
final class ChunkStream extends OutputStream {
  private final byte[] buffer;
  private final Chunks chunks;
  private int filled;
  private long written;

  /// Takes the pieces, one behind the other.
  @FunctionalInterface
  interface Chunks {
    void write(long offset, byte[] chunk) throws IOException;
  }

  ChunkStream(byte[] buffer, Chunks chunks) {
    this.buffer = buffer;
    this.chunks = chunks;
  }

  /// What was handed on.
  long written() {
    return written;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    for (var done = 0; done < length; ) {
      var part = Math.min(length - done, buffer.length - filled);
      System.arraycopy(from, offset + done, buffer, filled, part);
      filled += part;
      done += part;
      if (filled == buffer.length) flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (filled == 0) return;
    chunks.write(written, Arrays.copyOf(buffer, filled));
    written += filled;
    filled = 0;
  }
}
