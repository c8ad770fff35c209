package dev.muster.cli.terminal;

import dev.muster.host.refusal.Exit;
import java.io.IOException;
import java.io.Serial;

/// What was printed did not arrive. Goes on through whatever verb was printing, since a
/// `PrintStream` forgets a failed write and nobody would hear of it.
public final class LostOutput extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// As a shell reports a program that SIGPIPE has ended.
  private static final int NOBODY_READS = 141;

  private final boolean pipe;

  LostOutput(IOException cause, boolean pipe) {
    super(cause);
    this.pipe = pipe;
  }

  /// True when the reader has seen enough, as `| head -1` does: nothing need be said then.
  public boolean wanted() {
    return pipe;
  }

  public int exitCode() {
    return pipe ? NOBODY_READS : Exit.FAILED;
  }

  public String words() {
    var cause = getCause();
    var why = cause == null ? null : cause.getMessage();
    return "the output could not be written" + (why == null ? "" : ": " + why);
  }
}
