package dev.muster.node.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What steps print, on its way into the log: a line that begins as one of the runtime's own does
/// gets a word before it, and none is left open, so that nobody takes the one for the other.
final class StepLines extends OutputStream {
  static final String PRINTED = "printed: ";

  /// And a digit behind it: the time.
  private static final byte[] OWN = "=== ".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] MARK = PRINTED.getBytes(StandardCharsets.US_ASCII);

  private final OutputStream log;

  /// How much of that the line begins with, and is not written yet; -1 behind its beginning.
  private int held;

  /// @param open whether the last line of the log has no end
  StepLines(OutputStream log, boolean open) {
    this.log = log;
    this.held = open ? -1 : 0;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    var written = from;
    for (var at = from; at < from + length; at++) {
      var next = bytes[at];
      if (held >= 0 && held < OWN.length && next == OWN[held]) {
        if (held == 0) log.write(bytes, written, at - written);
        held++;
        written = at + 1;
        continue;
      }
      if (held == OWN.length && next >= '0' && next <= '9') log.write(MARK);
      if (held >= 0) release();
      if (next == '\n') held = 0;
    }
    log.write(bytes, written, from + length - written);
  }

  private void release() throws IOException {
    log.write(OWN, 0, held);
    held = -1;
  }

  /// The next line begins anew.
  void end() throws IOException {
    if (held > 0) release();
    if (held < 0) log.write('\n');
    held = 0;
  }
}
