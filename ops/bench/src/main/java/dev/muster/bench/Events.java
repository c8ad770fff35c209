package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The journal of a run, as `muster runs events -o jsonl` prints it.
record Events(List<Event> all) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param fields all of it
  record Event(JsonNode fields) {
    String text(String name) {
      return fields.path(name).asText("");
    }

    Instant at() {
      return at("at");
    }

    Instant at(String name) {
      return Instant.parse(text(name));
    }
  }

  static Events read(String lines) throws IOException {
    List<Event> events = new ArrayList<>();
    for (var line : lines.lines().toList()) events.add(new Event(JSON.readTree(line)));
    return new Events(events);
  }

  Stream<Event> of(String type) {
    return all.stream().filter(it -> it.text("type").equals(type));
  }
}
