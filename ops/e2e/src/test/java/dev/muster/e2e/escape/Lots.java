package dev.muster.e2e.escape;

import java.util.List;
import java.util.SplittableRandom;

/// Text drawn by lot from pieces that parsers stumble over.
final class Lots {
  private static final int PIECES_MAX = 40;
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "1e999",
          "-0",
          "\\u0000",
          "\\ud800",
          "%",
          "%00",
          "%25",
          "..",
          "/",
          "\\",
          ";",
          "'",
          "--",
          "run_",
          "apr_",
          "WORKER_001",
          "state:",
          ">=",
          "é",
          "🙂",
          "\u202e",
          "x".repeat(300),
          " ",
          "\t",
          "$(",
          "`",
          "<script>",
          "9999999999999999999",
          "AAAA",
          "==",
          "include \"/etc/passwd\"",
          "${HOME}",
          "\u0000");

  private Lots() {}

  static String text(SplittableRandom random) {
    var text = new StringBuilder();
    var count = random.nextInt(1, PIECES_MAX);
    for (var i = 0; i < count; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      if (random.nextInt(8) == 0) text.append((char) random.nextInt(0x20, 0x3000));
    }
    return text.toString();
  }
}
