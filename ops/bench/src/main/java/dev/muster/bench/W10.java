package dev.muster.bench;

import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Received;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `muster run` of agents that all begin at once, two slots, 512 MiB. A server on loopback answers
/// in place of a model, a second after it was asked: write a file, look at it, look for it, finish;
/// then the runtime's test. The provider may have so many calls in flight. From the journal: all
/// turns by the time from `RunCreated` to `RunFinished`; the ideal is a second for each turn by the
/// calls in flight. Beside it the same turns through the same client, by a loop that keeps nothing.
record W10(Build build) implements Engine {
  static final int IN_FLIGHT_MAX = 16;
  static final int TURNS = 4;
  private static final Duration LATENCY = Duration.ofSeconds(1);
  private static final Pattern ANSWERED = Pattern.compile("\"role\":\"tool\"");
  private static final Pattern COLLECTED = Pattern.compile("(\\d+)M->(\\d+)M\\(");

  static List<Engine> engines(Scope scope) {
    var engines = new ArrayList<Engine>();
    for (var build : scope.builds()) engines.add(new W10(build));
    engines.add(new PlainEngine());
    return engines;
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    Workforces.addAgents(folder.resolve("workforce"), workers);
    try (var model = model()) {
      configure(folder, model);
      var settings =
          Map.of(
              "MUSTER_SLOTS",
              "2",
              "MUSTER_JAVA_OPTS",
              "-Xmx512m -Xlog:gc:file=" + folder.resolve("gc.log"));
      var timed =
          build.muster(
              folder,
              settings,
              "run",
              folder.resolve("workforce").toString(),
              "--target",
              Files.createDirectory(folder.resolve("target")).toString(),
              "--no-input");
      var events = build.events(folder, settings);
      var began = events.of("RunCreated").findFirst().orElseThrow().at();
      var ended = events.of("RunFinished").findFirst().orElseThrow().at();
      if (events.of("Completed").count() != workers) throw new IOException("not all completed");
      var seconds = Duration.between(began, ended).toMillis() / 1e3;
      return timed.on(
          of(name(), workers, seconds, model)
              .with("parked", (double) events.of("AgentParked").count())
              .with("heapMib", heapMib(folder.resolve("gc.log"))));
    }
  }

  static Round of(String engine, int workers, double seconds, ModelServer model) {
    var ideal = (double) workers * TURNS * LATENCY.toMillis() / 1e3 / IN_FLIGHT_MAX;
    return Round.of(engine)
        .with("perSecond", workers * TURNS / seconds)
        .with("percentOfIdealTime", 100 * seconds / ideal)
        .with("requests", model.received().size())
        .with("inFlightMax", model.inFlightMax());
  }

  static ModelServer model() {
    return ModelServer.open().otherwise(asked -> new Turn.Late(LATENCY, turn(asked)));
  }

  /// By what the conversation has come to.
  private static Turn turn(Received asked) {
    return switch ((int) ANSWERED.matcher(asked.body()).results().count()) {
      case 0 -> Turn.call("write", "{\"path\":\"out.txt\",\"content\":\"hi\\n\"}");
      case 1 -> Turn.call("read", "{\"path\":\"out.txt\"}");
      case 2 -> Turn.call("list", "{}");
      default -> Turn.call("finish", "{\"summary\":\"The file holds its line.\"}");
    };
  }

  private static void configure(Path folder, ModelServer model) throws IOException {
    var place = Files.createDirectories(folder.resolve("config").resolve("muster"));
    Files.writeString(
        place.resolve("muster.conf"),
        """
        models {
          providers.loopback { kind = openai, url = "%s/v1", key = none, in-flight-max = %d }
          profiles.all { targets = ["loopback/scripted"], suits = [mechanical, hybrid, creative] }
        }
        """
            .formatted(model.url(), IN_FLIGHT_MAX));
  }

  /// The most that a collection found.
  private static double heapMib(Path log) throws IOException {
    return COLLECTED
        .matcher(Files.readString(log))
        .results()
        .mapToInt(it -> Integer.parseInt(it.group(1)))
        .max()
        .orElse(0);
  }
}
