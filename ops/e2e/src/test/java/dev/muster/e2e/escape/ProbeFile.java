package dev.muster.e2e.escape;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads a probe: head lines `# key: value`, the script, and perhaps a part behind `#--- test` and
/// one behind `#--- host`.
final class ProbeFile {
  private static final Set<String> KEYS =
      Set.of(
          "promise",
          "where",
          "needs",
          "fence",
          "approve",
          "deliverable",
          "limit",
          "ends",
          "verdict");

  private ProbeFile() {}

  static Probe parse(String name, String text) {
    Map<String, String> head = new HashMap<>();
    Map<String, StringBuilder> parts = new HashMap<>(Map.of("script", new StringBuilder()));
    var part = "script";
    var inHead = true;
    for (var line : text.lines().toList()) {
      if (line.startsWith("#--- ")) {
        part = line.substring(5).strip();
        if (!Set.of("test", "host").contains(part)) {
          throw new IllegalArgumentException(name + " has a part " + part);
        }
        parts.put(part, new StringBuilder());
        continue;
      }
      inHead = inHead && line.startsWith("# ");
      if (inHead) {
        key(name, line, head);
      } else {
        parts.computeIfAbsent(part, _ -> new StringBuilder()).append(line).append('\n');
      }
    }
    return probe(name, head, parts);
  }

  private static void key(String name, String line, Map<String, String> head) {
    var colon = line.indexOf(": ");
    var key = colon < 0 ? line : line.substring(2, colon);
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException(
          name + ": expected a head line with one of " + KEYS + ", but found " + line);
    }
    head.put(key, line.substring(colon + 2).strip());
  }

  private static Probe probe(
      String name, Map<String, String> head, Map<String, StringBuilder> parts) {
    return new Probe(
        name,
        head.getOrDefault("promise", ""),
        words(head.getOrDefault("where", "sandbox")),
        words(head.getOrDefault("needs", "")),
        head.getOrDefault("fence", ""),
        head.getOrDefault("approve", "all"),
        words(head.getOrDefault("deliverable", "out.txt")),
        head.getOrDefault("limit", "60 seconds"),
        Probe.Ending.valueOf(head.getOrDefault("ends", "done").toUpperCase(Locale.ROOT)),
        !head.getOrDefault("verdict", "").equals("not proven"),
        parts.getOrDefault("script", new StringBuilder()).toString(),
        parts.getOrDefault("test", new StringBuilder()).toString(),
        parts.getOrDefault("host", new StringBuilder()).toString());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
