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
/// is killed (`kill -9`). A new one goes on, while all of them are due.
record W3(Build build) implements Engine {
  private static final String SCRIPT = "test \"$MUSTER_ATTEMPT\" -gt 1\n" + Workforces.SCRIPT;
  private static final Duration WAITS_FOR_ALL = Duration.ofMinutes(10);

  /// Each look is a JVM of its own.
  private static final int POLL_MILLIS = 3_000;

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
    var target = Files.createDirectory(folder.resolve("target")).toString();
    var pause = pauseSeconds(workers) + "s";
    var settings =
        Map.of("MUSTER_SLOTS", "2", "MUSTER_BACKOFF_MIN", pause, "MUSTER_BACKOFF_MAX", pause);
    var run =
        build.start(
            folder, settings, "run", workforce.toString(), "--target", target, "--no-input");
    try {
      awaitAll(workers, folder, settings);
    } finally {
      run.destroyForcibly().waitFor();
    }
    if (build.events(folder, settings).of("Completed").findAny().isPresent()) {
      throw new IOException("the first was due before all of them waited: the machine is too busy");
    }
    var resumed = build.muster(folder, settings, "resume", "--no-input");
    return measured(build.events(folder, settings), resumed.began(), workers);
  }

  /// Long enough for the first tries of all, two at a time, to have failed before the first is due.
  private static int pauseSeconds(int workers) {
    return 60 + workers / 4;
  }

  private void awaitAll(int workers, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + WAITS_FOR_ALL.toNanos();
    var failed = 0L;
    while (failed < workers) {
      if (System.nanoTime() > until) throw new IOException(failed + " wait after 10 minutes");
      Thread.sleep(POLL_MILLIS);
      try {
        failed = build.events(folder, settings).of("AttemptFailed").count();
      } catch (IOException _) {
        failed = 0; // there is no run yet
      }
    }
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
