package dev.muster.e2e.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What all seeds came to, as a table.
final class ChaosReport {
  private static final String HEAD =
      """
      | seed | faults | workers | lost | doubled | moved | longest stall | overlap | took | spread |
      | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
      """;

  private final String network;
  private final List<Outcome> outcomes = new ArrayList<>();

  /// @param network how links were cut
  ChaosReport(String network) {
    this.network = network;
  }

  boolean isEmpty() {
    return outcomes.isEmpty();
  }

  void add(Outcome outcome) {
    outcomes.add(outcome);
    outcomes.sort(Comparator.comparingLong(Outcome::seed));
  }

  /// Of one seed, for its test's output.
  static String line(Outcome outcome) {
    var verdict = outcome.verdict();
    var faults =
        outcome.faults().stream()
            .filter(fault -> !fault.contains("repaired"))
            .map(fault -> fault.strip().replaceAll("\\s+", " "))
            .toList();
    return "| %d | %s | %d | %d | %d | %d | %s | %s | %s | %s |%n"
        .formatted(
            outcome.seed(),
            String.join("; ", faults),
            verdict.workers(),
            verdict.lost(),
            verdict.doubled(),
            verdict.moved(),
            seconds(verdict.longestStall()),
            seconds(verdict.longestOverlap()),
            seconds(outcome.took()),
            outcome.spread());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(HEAD);
    outcomes.forEach(outcome -> text.append(line(outcome)));
    var worst =
        outcomes.stream()
            .map(outcome -> outcome.verdict().longestStall())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    text.append(
        "%n%d seeds, %d faults, %d workers, %d lost, %d doubled; longest stall %s. Links: %s.%n"
            .formatted(
                outcomes.size(),
                outcomes.stream().mapToInt(ChaosReport::struck).sum(),
                outcomes.stream().mapToInt(outcome -> outcome.verdict().workers()).sum(),
                outcomes.stream().mapToInt(outcome -> outcome.verdict().lost()).sum(),
                outcomes.stream().mapToInt(outcome -> outcome.verdict().doubled()).sum(),
                seconds(worst),
                network));
    return text.toString();
  }

  private static int struck(Outcome outcome) {
    return (int) outcome.faults().stream().filter(fault -> !fault.contains("repaired")).count();
  }

  void write(Path file) throws IOException {
    var parent = file.getParent();
    if (parent != null) Files.createDirectories(parent);
    Files.writeString(file, toString());
  }
}
