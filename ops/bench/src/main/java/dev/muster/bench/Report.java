package dev.muster.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All rounds, and what they come to.
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String workload;
  private final int workers;
  private final List<Round> rounds = new ArrayList<>();

  Report(String workload, int workers) {
    this.workload = workload;
    this.workers = workers;
  }

  void add(Round round) {
    rounds.add(round);
  }

  String json() throws JsonProcessingException {
    var report = new LinkedHashMap<String, @Nullable Object>();
    report.put("workload", workload);
    report.put("n", workers);
    report.put("rounds", rounds);
    report.put("medians", medians());
    report.put("ratioToBestRival", ratio());
    return JSON.writeValueAsString(report);
  }

  String text() {
    var table = new StringBuilder();
    table.append("%s, %,d workers, %s\n\n".formatted(workload, workers, machine()));
    table.append("| engine | workers/s, median | lowest | highest | p50 ms | p99 ms |\n");
    table.append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
    medians().forEach((name, median) -> {
      var speeds = of(name).mapToDouble(Round::perSecond).summaryStatistics();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %,.0f | %,.0f | %.1f | %.1f |%n",
              name,
              median.perSecond(),
              speeds.getMin(),
              speeds.getMax(),
              median.p50Millis(),
              median.p99Millis()));
    });
    var ratio = ratio();
    if (ratio != null) table.append("\nratio to the best rival: " + ratio + "\n");
    return table.toString();
  }

  private static String machine() {
    return "%d processors, Java %s, %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            String.join(" ", Child.options()));
  }

  private Map<String, Round> medians() {
    var medians = new LinkedHashMap<String, Round>();
    for (var round : rounds) {
      medians.computeIfAbsent(
          round.engine(),
          name ->
              new Round(
                  name,
                  median(name, Round::perSecond),
                  median(name, Round::p50Millis),
                  median(name, Round::p99Millis)));
    }
    return medians;
  }

  private Stream<Round> of(String engine) {
    return rounds.stream().filter(round -> round.engine().equals(engine));
  }

  private double median(String engine, ToDoubleFunction<Round> what) {
    var sorted = of(engine).mapToDouble(what).sorted().toArray();
    var half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// Of Muster on the server that the rivals use, too; null without either. The floor is no rival.
  private @Nullable Double ratio() {
    var medians = medians();
    var muster = medians.get("muster-postgres");
    var best =
        medians.values().stream()
            .filter(it -> !it.engine().startsWith("muster-") && !it.engine().equals("floor"))
            .mapToDouble(Round::perSecond)
            .max();
    if (muster == null || best.isEmpty()) return null;
    return Math.round(100 * muster.perSecond() / best.getAsDouble()) / 100.0;
  }
}
