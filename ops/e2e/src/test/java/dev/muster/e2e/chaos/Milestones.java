package dev.muster.e2e.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where the time goes when a node dies, by the log of an orchestrator: what it said first of each
/// step after the kill.
final class Milestones {
  private static final Pattern TIME = Pattern.compile("^(\\d{4}-\\S+Z) .*");
  private static final Map<String, String> STEPS = new LinkedHashMap<>();

  static {
    STEPS.put("noticed", "Marking node as UNREACHABLE");
    STEPS.put("stable, lease taken", "SBR acquired lease");
    STEPS.put("removed", "Leader is removing unreachable node");
  }

  private Milestones() {}

  /// Such as `noticed 3.4 s, …`, from the kill on.
  static String of(Path dataFolder, Instant killedAt) throws IOException {
    var lines = Files.readAllLines(dataFolder.resolve("logs").resolve("workforce.log"));
    return STEPS.entrySet().stream()
        .map(step -> step.getKey() + " " + after(lines, step.getValue(), killedAt))
        .collect(Collectors.joining(", "));
  }

  private static String after(List<String> lines, String text, Instant killedAt) {
    for (var line : lines) {
      var time = TIME.matcher(line);
      if (!line.contains(text) || !time.matches()) continue;
      var at = Instant.parse(time.group(1));
      if (at.isAfter(killedAt)) {
        return "%.1f s".formatted(Duration.between(killedAt, at).toMillis() / 1_000.0);
      }
    }
    return "not said";
  }
}
