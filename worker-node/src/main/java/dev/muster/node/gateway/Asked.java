package dev.muster.node.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request of HTTP/1.1, as far as it is read here.
///
/// @param path without what stands behind a question mark
/// @param headers by names in lower case
/// @param body null when it is longer than it may be, or in more pieces
record Asked(String method, String path, Map<String, String> headers, @Nullable String body) {
  static final int BODY_BYTES_MAX = 6 << 20;
  private static final int LINE_BYTES_MAX = 16 * 1_024;
  private static final int HEADERS_MAX = 100;

  /// Of a body in pieces; clients send some thousand bytes in each.
  static final int PIECES_MAX = 20_000;

  /// @throws IOException for what is no request
  static @Nullable Asked read(InputStream in) throws IOException {
    var first = line(in);
    if (first == null) return null;
    var words = first.split(" ", -1);
    if (words.length != 3) throw new IOException("no request line");
    var headers = new HashMap<String, String>();
    for (var line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      if (colon < 1 || headers.size() == HEADERS_MAX) throw new IOException("no headers");
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Asked(words[0], words[1].split("\\?", 2)[0], headers, body(in, headers));
  }

  private static @Nullable String body(InputStream in, Map<String, String> headers)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    var chunked =
        headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked");
    var fits =
        chunked
            ? takePieces(in, bytes)
            : take(in, number(headers.getOrDefault("content-length", "0"), 10), bytes);
    return fits ? bytes.toString(StandardCharsets.UTF_8) : null;
  }

  private static boolean takePieces(InputStream in, ByteArrayOutputStream bytes)
      throws IOException {
    for (var piece = 0; piece <= PIECES_MAX; piece++) {
      var size = String.valueOf(line(in)).split(";", 2)[0].strip();
      var length = number(size, 16);
      if (length == 0) return true;
      if (!take(in, length, bytes)) return false;
      line(in);
    }
    return false;
  }

  /// False when it is longer than it may be.
  private static boolean take(InputStream in, int length, ByteArrayOutputStream bytes)
      throws IOException {
    if (length > BODY_BYTES_MAX - bytes.size()) return false;
    var part = in.readNBytes(length);
    if (part.length < length) throw new IOException("half a body");
    bytes.write(part);
    return true;
  }

  private static int number(String text, int radix) throws IOException {
    try {
      var number = Long.parseLong(text, radix);
      if (number >= 0) return (int) Math.min(number, Integer.MAX_VALUE);
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IOException("no length");
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        if (line.size() == 0) return null;
        throw new IOException("half a line");
      }
      if (line.size() == LINE_BYTES_MAX) throw new IOException("a line without an end");
      if (next != '\r') line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
