package dev.muster.node.headroom;

import dev.muster.node.sandbox.CgroupMounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How full the memory cgroups around this JVM are. Page cache that the kernel drops first does not
/// count as use.
final class CgroupMemory {
  private final List<Path> v1;
  private final List<Path> v2;

  CgroupMemory() {
    this(CgroupMounts.v1("memory"), CgroupMounts.v2());
  }

  /// @param v1 folders of version 1 hierarchies
  /// @param v2 folders of the version 2 hierarchy
  CgroupMemory(List<Path> v1, List<Path> v2) {
    this.v1 = List.copyOf(v1);
    this.v2 = List.copyOf(v2);
  }

  /// The fullest of those that limit memory to less than the host has; 0 when none does.
  double usedPercent(long hostBytes) {
    return Stream.concat(
            v1.stream()
                .map(folder ->
                    percent(
                        number(folder.resolve("memory.limit_in_bytes")),
                        number(folder.resolve("memory.usage_in_bytes")),
                        stat(folder, "total_inactive_file"),
                        hostBytes)),
            v2.stream()
                .map(folder ->
                    percent(
                        number(folder.resolve("memory.max")),
                        number(folder.resolve("memory.current")),
                        stat(folder, "inactive_file"),
                        hostBytes)))
        .max(Double::compare)
        .orElse(0.0);
  }

  private static double percent(long limit, long usage, long cache, long hostBytes) {
    if (limit <= 0 || limit >= hostBytes || usage < 0) return 0;
    return Math.clamp(100.0 * (usage - Math.max(0, cache)) / limit, 0, 100);
  }

  /// -1 for `max` and for what cannot be read.
  private static long number(Path file) {
    try {
      var text = Files.readString(file).strip();
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    } catch (IOException _) {
      return -1;
    }
  }

  private static long stat(Path folder, String key) {
    try (var lines = Files.lines(folder.resolve("memory.stat"))) {
      return lines
          .filter(line -> line.startsWith(key + " "))
          .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }
}
