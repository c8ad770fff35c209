package dev.muster.node.sandbox;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Watches output go by for the two lines that explain a failure, and the one that says that
/// nothing was tested. Lines are cut after 200 bytes and lose their control characters, since they
/// end in reports and on terminals.
final class OutputLines {
  private static final int LINE_BYTES_MAX = 200;
  private static final byte[] FAIL = "FAIL".getBytes(StandardCharsets.US_ASCII);

  private byte[] line = new byte[LINE_BYTES_MAX];
  private byte[] last = new byte[LINE_BYTES_MAX];
  private int lineLength;
  private int lastLength;
  private boolean blank = true;
  private @Nullable String failure;
  private @Nullable String empty;

  /// Floods of short lines come through here: nothing is allocated for a line.
  void accept(byte[] buffer, int length) {
    for (var i = 0; i < length; i++) {
      var next = buffer[i];
      if (next == '\n') {
        finish();
      } else if (lineLength < LINE_BYTES_MAX) {
        line[lineLength++] = next;
        // Bytes above ASCII are negative, and never blank.
        if (next < 0 || next > ' ') blank = false;
      }
    }
  }

  private void finish() {
    if (!blank) {
      var finished = line;
      line = last;
      last = finished;
      lastLength = lineLength;
      if (failure == null && beginsWithFail()) failure = failure(text(last, lastLength));
      if (empty == null && mayBeEmptyRun()) empty = emptyRun(text(last, lastLength));
    }
    lineLength = 0;
    blank = true;
  }

  private static @Nullable String failure(String line) {
    return FailLine.saysFailure(line) ? line : null;
  }

  /// Most lines do not: they are never made to text.
  private boolean beginsWithFail() {
    if (lastLength < FAIL.length) return false;
    for (var i = 0; i < FAIL.length; i++) {
      if (last[i] != FAIL[i]) return false;
    }
    return true;
  }

  private static @Nullable String emptyRun(String line) {
    return EmptyRun.saysSo(line) ? line : null;
  }

  /// Most lines are not: they hold no zero that ends a word.
  private boolean mayBeEmptyRun() {
    if (lastLength > EmptyRun.LINE_BYTES_MAX) return false;
    for (var i = 0; i < lastLength; i++) {
      if (last[i] == '0' && (i + 1 == lastLength || last[i + 1] <= ' ')) return true;
    }
    return false;
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", "")
        .strip();
  }

  @Nullable String firstFailure() {
    finish();
    return failure;
  }

  /// The first line by which a test runner says that it had nothing to run.
  @Nullable String emptyRun() {
    finish();
    return empty;
  }

  @Nullable String last() {
    finish();
    return lastLength == 0 ? null : text(last, lastLength);
  }
}
