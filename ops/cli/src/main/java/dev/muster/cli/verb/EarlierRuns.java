package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long workers took in the latest run of the same workforce, from the results it left. A
/// forecast gets better with it and works without, so whatever cannot be read is left out.
final class EarlierRuns {
  private static final int RUNS_MAX = 1_000;
  private static final int WORKERS_MAX = 50_000;

  private EarlierRuns() {}

  static Map<String, Duration> durations(Path results, String workforce) {
    var run = latest(results, workforce);
    var durations = new HashMap<String, Duration>();
    if (run == null) {
      return durations;
    }
    try (var files = Files.newDirectoryStream(run.resolve("workers"), "WORKER_*.json")) {
      for (var file : files) {
        if (durations.size() == WORKERS_MAX) {
          break;
        }
        add(durations, json(file).path("muster"));
      }
    } catch (IOException _) {
      return durations;
    }
    return durations;
  }

  private static void add(Map<String, Duration> durations, JsonNode result) {
    var seconds = result.path("timings").path("durationSeconds").asDouble(0);
    if (result.path("state").asText().equals("COMPLETED") && seconds > 0) {
      durations.put(result.path("worker").asText(), Duration.ofMillis(Math.round(seconds * 1000)));
    }
  }

  private static @Nullable Path latest(Path results, String workforce) {
    var newest = "";
    Path found = null;
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(results)) {
      var looked = 0;
      for (var run : runs) {
        if (++looked > RUNS_MAX) {
          break;
        }
        var summary = json(run.resolve("execution_summary.json"));
        var started = summary.path("startedAt").asText();
        if (summary.path("workforce").asText().equals(workforce) && started.compareTo(newest) > 0) {
          newest = started;
          found = run;
        }
      }
    } catch (IOException _) {
      return null;
    }
    return found;
  }

  private static JsonNode json(Path file) {
    try {
      return Json.MAPPER.readTree(file.toFile());
    } catch (IOException _) {
      return Json.MAPPER.createObjectNode();
    }
  }
}
