package dev.muster.e2e.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the workers of a node that was killed got on elsewhere.
///
/// @param node that was killed
/// @param workers it was carrying out
/// @param firstStarted from the kill to the first new attempt in the journal
/// @param allStarted to the last
/// @param all until the process of the last new attempt has said itself that it runs
public record Takeover(
    String node, int workers, Duration firstStarted, Duration allStarted, Duration all) {

  /// Workers whose newest attempt was begun on this node and has not ended.
  public static long runningOn(Rows rows, String node) {
    return running(rows, node, Instant.MAX).size();
  }

  /// Workers with an attempt that began after this moment on another than this node.
  public static long startedAfter(Rows rows, Instant after, String not) {
    Set<String> started = new HashSet<>();
    for (var row : rows.named("AttemptStarted")) {
      if (row.writtenAt().isAfter(after) && !row.text("node").equals(not)) started.add(row.id());
    }
    return started.size();
  }

  /// Null while some of them do not run yet.
  public static @Nullable Takeover of(
      Rows rows, String node, Instant killedAt, List<Trace> traces) {
    var victims = running(rows, node, killedAt);
    List<Instant> started = new ArrayList<>();
    List<Instant> ran = new ArrayList<>();
    for (var row : rows.named("AttemptStarted")) {
      if (victims.contains(row.id())
          && row.writtenAt().isAfter(killedAt)
          && !row.text("node").equals(node)) {
        started.add(row.writtenAt());
        traces.stream()
            .filter(it -> it.worker().equals(row.id()) && it.attempt() == row.number("attempt"))
            .forEach(it -> ran.add(it.from()));
      }
    }
    if (started.size() < victims.size() || ran.size() < victims.size()) return null;
    return new Takeover(
        node,
        victims.size(),
        since(killedAt, started.stream().min(Instant::compareTo).orElseThrow()),
        since(killedAt, started.stream().max(Instant::compareTo).orElseThrow()),
        since(killedAt, ran.stream().max(Instant::compareTo).orElseThrow()));
  }

  private static Duration since(Instant begin, Instant end) {
    return Duration.between(begin, end);
  }

  private static Set<String> running(Rows rows, String node, Instant at) {
    Set<String> running = new HashSet<>();
    rows.ofKind("Worker")
        .forEach((worker, own) -> {
          var on = "";
          for (var row : own) {
            if (row.writtenAt().isAfter(at)) break;
            if (row.is("AttemptStarted")) on = row.text("node");
            else if (Workers.settles(row) || row.is("AttemptInterrupted")) on = "";
          }
          if (on.equals(node)) running.add(worker);
        });
    return running;
  }

  @Override
  public String toString() {
    return "kill -9 of %s with %d workers: first elsewhere after %.1f s, all started after %.1f s, all running after %.1f s%n"
        .formatted(node, workers, seconds(firstStarted), seconds(allStarted), seconds(all));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
