package dev.muster.node.models.wire;

import dev.muster.protocol.text.Visible;

/// The beginning of what a stranger sent, for people to see.
final class Excerpt {
  private static final int CHARS_MAX = 200;

  private Excerpt() {}

  static String of(String text) {
    var line = text.strip();
    return line.isEmpty() ? "nothing" : "`" + start(line) + "`";
  }

  /// The same without saying that it is a quotation.
  static String start(String line) {
    return Visible.line(line.length() > CHARS_MAX ? line.substring(0, CHARS_MAX) + " …" : line);
  }
}
