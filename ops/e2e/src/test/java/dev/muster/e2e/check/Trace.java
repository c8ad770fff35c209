package dev.muster.e2e.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// When one attempt's process really ran on one node: it wrote down the time again and again, by
/// the machine's clock and with no help of the node that had started it.
///
/// @param from first entry
/// @param to last entry
public record Trace(String node, String worker, int attempt, Instant from, Instant to) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /// Reads a file of lines such as `1790000000.123456`; null-free: an empty file gives no trace.
  static List<Trace> read(String node, String worker, int attempt, Path file) {
    try {
      var times = new ArrayList<Instant>();
      for (var line : Files.readAllLines(file)) {
        if (line.matches("\\d+[.,]\\d{6}")) times.add(time(line)); // the last one may be torn
      }
      return times.isEmpty()
          ? List.of()
          : List.of(new Trace(node, worker, attempt, times.getFirst(), times.getLast()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant time(String line) {
    var parts = line.split("[.,]", -1);
    return Instant.ofEpochSecond(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]) * 1_000_000_000L / MICROS_PER_SECOND);
  }

  @Override
  public String toString() {
    return "%s attempt %d on %s (%s to %s)".formatted(worker, attempt, node, from, to);
  }
}
