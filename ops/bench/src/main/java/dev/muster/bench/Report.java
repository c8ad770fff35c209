package dev.muster.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All rounds, and what they come to.
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workload workload;
  private final int workers;
  private final List<Round> rounds = new ArrayList<>();

  Report(Workload workload, int workers) {
    this.workload = workload;
    this.workers = workers;
  }

  void add(Round round) {
    rounds.add(round);
  }

  String json() throws JsonProcessingException {
    var report = new LinkedHashMap<String, @Nullable Object>();
    report.put("workload", workload.name());
    report.put("n", workers);
    report.put("machine", machine());
    report.put("rounds", rounds);
    report.put("medians", medians());
    report.put("ratioToBestRival", ratioToBestRival());
    report.put("ratioToFloor", ratioToFloor());
    report.put("ratioToPlain", ratioToPlain());
    return JSON.writeValueAsString(report);
  }

  String text() {
    var table = new StringBuilder();
    table.append("%s: %s\n\n".formatted(workload, workload.what()));
    table.append(
        "%,d workers, rounds: %d; %s\n\n"
            .formatted(workers, of(rounds.getFirst().engine()).count(), machine()));
    var names = rounds.stream().flatMap(it -> it.figures().keySet().stream()).distinct().toList();
    table.append("| engine | " + String.join(" | ", names) + " |\n");
    table.append("| --- |" + " ---: |".repeat(names.size()) + "\n");
    for (var engine : medians().keySet()) {
      table.append("| " + engine + " |");
      for (var name : names) table.append(" " + cell(engine, name) + " |");
      table.append("\n");
    }
    say(table, "best rival", ratioToBestRival());
    say(table, "floor", ratioToFloor());
    say(table, PlainEngine.NAME + " loop", ratioToPlain());
    return table.toString();
  }

  private static void say(StringBuilder table, String what, @Nullable Double ratio) {
    if (ratio != null) table.append("\nratio to the " + what + ": " + ratio + "\n");
  }

  /// Median, lowest and highest.
  private String cell(String engine, String name) {
    var values = values(engine, name).summaryStatistics();
    if (values.getCount() == 0) return "";
    var cell = String.format(Locale.ROOT, "%,.1f", median(engine, name));
    return values.getCount() == 1
        ? cell
        : cell + String.format(Locale.ROOT, " (%,.1f – %,.1f)", values.getMin(), values.getMax());
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
      for (var name : round.figures().keySet()) {
        medians.compute(
            round.engine(),
            (engine, soFar) ->
                (soFar == null ? Round.of(engine) : soFar).with(name, median(engine, name)));
      }
    }
    return medians;
  }

  private Stream<Round> of(String engine) {
    return rounds.stream().filter(round -> round.engine().equals(engine));
  }

  private DoubleStream values(String engine, String name) {
    return of(engine)
        .filter(it -> it.figures().containsKey(name))
        .mapToDouble(it -> it.figures().getOrDefault(name, 0.0));
  }

  private double median(String engine, String name) {
    var sorted = values(engine, name).sorted().toArray();
    var half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// Of the first build, on the server that the rivals use, too; null without either.
  private @Nullable Double ratioToBestRival() {
    var best =
        Rivals.NAMES.stream()
            .filter(name -> of(name).findAny().isPresent())
            .mapToDouble(name -> median(name, "perSecond"))
            .max();
    var ours = medians().keySet().stream().filter(name -> name.endsWith("-postgres")).findFirst();
    if (ours.isEmpty() || best.isEmpty()) return null;
    return ratio(median(ours.get(), "perSecond"), best.getAsDouble());
  }

  /// How many times the floor's wall clock the first engine took; null where walls are not
  /// compared.
  private @Nullable Double ratioToFloor() {
    var first = rounds.getFirst().engine();
    if (first.equals("floor")
        || values("floor", Timed.WALL).findAny().isEmpty()
        || values(first, Timed.WALL).findAny().isEmpty()) return null;
    return ratio(median(first, Timed.WALL), median("floor", Timed.WALL));
  }

  /// How many turns a second the first engine has for each of the loop's that keeps nothing; null
  /// without it.
  private @Nullable Double ratioToPlain() {
    var first = rounds.getFirst().engine();
    if (first.equals(PlainEngine.NAME) || of(PlainEngine.NAME).findAny().isEmpty()) return null;
    return ratio(median(first, "perSecond"), median(PlainEngine.NAME, "perSecond"));
  }

  private static double ratio(double one, double other) {
    return Math.round(100 * one / other) / 100.0;
  }
}
