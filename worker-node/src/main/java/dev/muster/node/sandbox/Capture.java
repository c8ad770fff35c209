package dev.muster.node.sandbox;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What a step prints, both streams in order of arrival: the beginning is kept, everything is
/// hashed and counted. Written by one thread; read after it has ended.
public final class Capture {
  private static final byte[] CUT = "\n=== cut here\n".getBytes(StandardCharsets.UTF_8);

  private final @Nullable Redaction redaction;
  private final OutputStream keep;
  private final long keptBytesMax;
  private final long bytesMax;
  private final MessageDigest digest = Sha256.digest();
  private final OutputLines lines = new OutputLines();
  private final OutputExcerpt excerpt = new OutputExcerpt();
  private long bytes;
  private boolean cut;
  private @Nullable String sha256;

  /// @param keep gets the first part; failing to write there is no failure of the step
  public Capture(OutputStream keep, SandboxLimits limits) {
    this(keep, limits, Secrets.NONE);
  }

  /// @param secrets never kept, counted or hashed
  public Capture(OutputStream keep, SandboxLimits limits, Secrets secrets) {
    this.redaction = secrets.values().isEmpty() ? null : new Redaction(secrets);
    this.keep = keep;
    this.keptBytesMax = limits.outputKeptBytes();
    this.bytesMax = limits.outputBytesMax();
  }

  /// Takes the next output; false when it is more than may be printed.
  boolean accept(byte[] buffer, int length) {
    if (redaction == null) return take(buffer, length);
    var shown = redaction.next(buffer, length);
    return take(shown, shown.length);
  }

  /// Nothing more comes.
  void end() {
    if (redaction == null) return;
    var rest = redaction.rest();
    take(rest, rest.length);
  }

  private boolean take(byte[] buffer, int length) {
    digest.update(buffer, 0, length);
    lines.accept(buffer, length);
    excerpt.accept(buffer, length);
    keep(buffer, length);
    bytes += length;
    return !overflowed();
  }

  private void keep(byte[] buffer, int length) {
    if (cut) return;
    var room = Math.clamp(keptBytesMax - bytes, 0, length);
    try {
      keep.write(buffer, 0, room);
      if (room < length) keep.write(CUT);
    } catch (IOException _) {
      // A full disk shows where it matters, in the work itself; the digest stays whole.
    }
    cut = room < length;
  }

  /// Its beginning and its end.
  public String excerpt() {
    return excerpt.text();
  }

  public boolean overflowed() {
    return bytes > bytesMax;
  }

  public long bytes() {
    return bytes;
  }

  /// Of everything that was printed.
  public String sha256() {
    if (sha256 == null) sha256 = Sha256.hex(digest);
    return sha256;
  }

  /// The first line that says a failure, as `FailLine` reads it; null when there is none.
  public @Nullable String failLine() {
    return lines.firstFailure();
  }

  /// The first line that says that nothing was tested, as `EmptyRun` reads it; null when there is
  /// none.
  public @Nullable String emptyRun() {
    return lines.emptyRun();
  }

  /// The last line that is not blank; null when there is none.
  public @Nullable String lastLine() {
    return lines.last();
  }
}
