package dev.muster.node.models.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Gives out no more than it may.
final class BoundedBytes extends FilterInputStream {
  private final int max;
  private long read;

  BoundedBytes(InputStream in, int max) {
    super(in);
    this.max = max;
  }

  @Override
  public int read() throws IOException {
    var next = super.read();
    if (next >= 0) count(1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var count = super.read(buffer, offset, length);
    if (count > 0) count(count);
    return count;
  }

  private void count(int more) throws IOException {
    read += more;
    if (read > max) {
      throw new BadAnswerException("expected at most %,d bytes, found more".formatted(max));
    }
  }
}
