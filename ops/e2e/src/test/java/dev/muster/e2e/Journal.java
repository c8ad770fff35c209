package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A run's journal as `muster runs events RUN -o jsonl` prints it, and its summary.
record Journal(List<JsonNode> lines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Journal of(Muster muster, String run) {
    var events = muster.ask("runs", "events", run, "-o", "jsonl");
    if (events.exit() != 0) throw new AssertionError(events.toString());
    return new Journal(events.out().lines().map(Journal::parse).toList());
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As JSON has it.
  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  static JsonNode summary(Muster muster) {
    try (var runs = Files.list(muster.results())) {
      var run = runs.max(Path::compareTo).orElseThrow();
      return JSON.readTree(run.resolve("execution_summary.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> ofType(String type) {
    return lines.stream().filter(line -> line.path("type").asText().equals(type)).toList();
  }

  List<String> completed() {
    return ofType("Completed").stream().map(line -> line.path("worker").asText()).toList();
  }

  long firstSeq(String type, int wave) {
    return ofType(type).stream()
        .filter(line -> line.path("wave").asInt() == wave)
        .mapToLong(line -> line.path("seq").asLong())
        .findFirst()
        .orElseThrow();
  }
}
