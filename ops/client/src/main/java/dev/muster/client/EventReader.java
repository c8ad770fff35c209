package dev.muster.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads events as a node sends them (`text/event-stream`).
final class EventReader {
  /// A page of a snapshot is far below it.
  private static final int EVENT_CHARS_MAX = 16 << 20;

  private final Reader in;
  private final String where;
  private final StringBuilder line = new StringBuilder();

  EventReader(InputStream in, String where) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 14);
    this.where = where;
  }

  /// Waits for the next one; null at the end.
  ///
  /// @throws ApiException when it is no event, or larger than any may be
  @Nullable Event next() throws IOException {
    var name = "message";
    var id = "";
    var data = new StringBuilder();
    while (readLine(EVENT_CHARS_MAX - data.length())) {
      var text = line.toString();
      if (text.isEmpty()) {
        if (!data.isEmpty()) return new Event(name, id, Json.parse(data.toString(), where));
        name = "message";
        id = "";
      }
      var colon = text.indexOf(':');
      var field = colon < 0 ? text : text.substring(0, colon);
      var value = colon < 0 ? "" : text.substring(colon + 1);
      if (value.startsWith(" ")) value = value.substring(1);
      switch (field) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {} // a comment, which shows that somebody is there
      }
    }
    return null;
  }

  /// False at the end.
  private boolean readLine(int charsMax) throws IOException {
    line.setLength(0);
    for (var c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') return true;
      if (c != '\r') line.append((char) c);
      if (line.length() > charsMax) {
        var why = "expected events of at most %,d characters".formatted(EVENT_CHARS_MAX);
        throw new ApiException(new Failure.Misunderstood(where, why), null);
      }
    }
    return false;
  }
}
