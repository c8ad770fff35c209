package dev.muster.node.models.wire;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The texts of a stream, one after the other: server-sent events, or one a line. What has no end
/// of its own (a blank line, a line's end) was cut off and is not given out.
final class Pieces {
  private static final String DATA = "data:";

  private final BufferedReader lines;
  private final boolean events;

  /// @param lines bounded by whoever opened them
  Pieces(BufferedReader lines, boolean events) {
    this.lines = lines;
    this.events = events;
  }

  /// Null at the end.
  @Nullable String next() throws IOException {
    return events ? event() : line();
  }

  private @Nullable String line() throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) return line;
    }
    return null;
  }

  /// Data may go over several lines; comments and other fields say nothing to us.
  private @Nullable String event() throws IOException {
    StringBuilder data = null;
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data != null) return data.toString();
      } else if (line.startsWith(DATA)) {
        data = data == null ? new StringBuilder() : data.append('\n');
        data.append(
            line, line.startsWith(DATA + " ") ? DATA.length() + 1 : DATA.length(), line.length());
      }
    }
    return null;
  }
}
