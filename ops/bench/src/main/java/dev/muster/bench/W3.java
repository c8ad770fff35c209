package dev.muster.bench;

import dev.muster.bench.Events.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Workers whose first try fails, so that all wait for the pause before their second when the node
/// is killed (`kill -9`). A new one goes on, while all of them are due. The pause is chosen for
/// this machine: where the first is due before all wait, it is begun anew with a longer one.
record W3(Build build) implements Engine {
  private static final String SCRIPT = "test \"$MUSTER_ATTEMPT\" -gt 1\n" + Workforces.SCRIPT;
  private static final Duration WAITS_FOR_ALL = Duration.ofMinutes(30);
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final int POLL_MILLIS = 500;
  private static final int PAUSE_MIN_SECONDS = 60;
  private static final int PAUSE_MAX_SECONDS = 1_500;
  private static final int TRIES_MAX = 4;

  static List<Engine> engines(Scope scope) {
    return scope.builds().stream().<Engine>map(W3::new).toList();
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    Workforces.add(workforce, 1, workers, 1, Workforces.block("", SCRIPT));
    var pauseSeconds = PAUSE_MIN_SECONDS + workers / 4;
    for (var tries = 1; tries <= TRIES_MAX; tries++) {
      var place = Files.createDirectory(folder.resolve("try-" + tries));
      var pause = pauseSeconds + "s";
      var settings =
          Map.of("MUSTER_SLOTS", "2", "MUSTER_BACKOFF_MIN", pause, "MUSTER_BACKOFF_MAX", pause);
      var failed = killed(workers, workforce, place, settings);
      if (failed == workers) {
        var resumed = build.muster(place, settings, "resume", "--no-input");
        return measured(build.events(place, settings), resumed.began(), workers);
      }
      // So many failed before the first was due; twice what the others take at that rate.
      pauseSeconds = (int) Math.min(PAUSE_MAX_SECONDS, 2L * pauseSeconds * workers / failed);
    }
    throw new IOException("the first was always due before all of them waited: see " + folder);
  }

  /// Begins a run, and kills it when all wait for their second try, or the first of them is due.
  ///
  /// @return how many waited
  private int killed(int workers, Path workforce, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    var target = Files.createDirectory(folder.resolve("target")).toString();
    var run =
        build.start(
            folder, settings, "run", workforce.toString(), "--target", target, "--no-input");
    var node = new Node(run, folder, folder.resolve("data/node.json"));
    try {
      node.await(STARTS_WITHIN);
      try (var api = Api.of(node)) {
        awaitAll(workers, api);
      }
    } finally {
      run.destroyForcibly().waitFor();
    }
    // The journal says how it was in the end.
    var events = build.events(folder, settings);
    var again = events.of("AttemptStarted").anyMatch(it -> it.fields().path("attempt").asInt() > 1);
    var failed = (int) events.of("AttemptFailed").count();
    return again ? Math.max(1, Math.min(failed, workers - 1)) : failed;
  }

  private static void awaitAll(int workers, Api api) throws IOException, InterruptedException {
    var until = System.nanoTime() + WAITS_FOR_ALL.toNanos();
    while (System.nanoTime() < until) {
      var run = api.get("runs?limit=1").path("items").path(0).path("id").asText();
      if (!run.isEmpty()) {
        var crew = "runs/" + run + "/workers?limit=200&filter=state:BACKOFF";
        if (api.all(crew).size() == workers) return;
        var again = "runs/" + run + "/workers?limit=1&filter=attempt%3E1";
        if (!api.get(again).path("items").isEmpty()) return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException("not all wait after " + WAITS_FOR_ALL);
  }

  private Round measured(Events events, Instant restarted, int workers) {
    Map<String, Instant> due = new HashMap<>();
    events
        .of("AttemptFailed")
        .forEach(it -> due.put(it.text("worker"), later(it.at("retryAt"), restarted)));
    Map<String, Integer> ends = new HashMap<>();
    events.of("Completed").forEach(it -> ends.merge(it.text("worker"), 1, Integer::sum));
    var late =
        events
            .of("AttemptStarted")
            .filter(it -> it.fields().path("attempt").asInt() > 1)
            .mapToDouble(it -> millis(due.getOrDefault(it.text("worker"), restarted), it.at()))
            .toArray();
    var lastDue = due.values().stream().max(Instant::compareTo).orElseThrow();
    var lastEnd = events.of("Completed").map(Event::at).max(Instant::compareTo).orElseThrow();
    return Round.of(name())
        .with("beyondTimerMillis", millis(lastDue, lastEnd))
        .with("timerLate", late)
        .with("lost", workers - ends.size())
        .with("doubled", (double) ends.values().stream().filter(count -> count > 1).count());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static double millis(Instant from, Instant until) {
    return Duration.between(from, until).toNanos() / 1e6;
  }
}
