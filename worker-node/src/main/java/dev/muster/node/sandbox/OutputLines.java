package dev.muster.node.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Watches output go by for the two lines that explain a failure. Lines are cut after 200 bytes and
/// lose their control characters, since they end in reports and on terminals.
final class OutputLines {
  private static final int LINE_BYTES_MAX = 200;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable String last;
  private @Nullable String failure;

  void accept(byte[] buffer, int length) {
    for (var i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        finish();
      } else if (line.size() < LINE_BYTES_MAX) {
        line.write(buffer[i]);
      }
    }
  }

  private void finish() {
    if (line.size() == 0) return;
    var text = text();
    line.reset();
    if (text.isBlank()) return;
    last = text.strip();
    if (failure == null && text.startsWith("FAIL")) failure = last;
  }

  private String text() {
    return line.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "");
  }

  @Nullable String firstFailure() {
    finish();
    return failure;
  }

  @Nullable String last() {
    finish();
    return last;
  }
}
