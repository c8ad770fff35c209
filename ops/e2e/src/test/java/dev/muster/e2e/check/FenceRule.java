package dev.muster.e2e.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Once another life of a node has taken over what one was carrying out, that one writes nothing
/// any more, about no worker.
///
/// Which life wrote a row is found by the owner's own words: whoever wrote `AttemptStarted` with an
/// incarnation is of that incarnation. It is fenced when another one ends an attempt of its,
/// unasked.
final class FenceRule implements Rule {
  /// A row carries the time at which its JVM sent it; some are on their way when the fence falls.
  private final Duration slack;

  FenceRule(Duration slack) {
    this.slack = slack;
  }

  @Override
  public List<String> brokenBy(Rows rows) {
    var lifeOf = lives(rows);
    var fencedAt = fences(rows, lifeOf);
    var broken = new ArrayList<String>();
    for (var row : rows.all()) {
      var life = lifeOf.get(row.writer());
      var fence = life == null ? null : fencedAt.get(life);
      if (fence != null && row.writtenAt().isAfter(fence.plus(slack))) {
        broken.add(
            "%s: written %d ms after its life %s was fenced"
                .formatted(row, Duration.between(fence, row.writtenAt()).toMillis(), life));
      }
    }
    return broken;
  }

  /// Incarnation by writer.
  private static Map<String, String> lives(Rows rows) {
    Map<String, String> lives = new HashMap<>();
    for (var row : rows.named("AttemptStarted")) lives.put(row.writer(), row.text("incarnation"));
    return lives;
  }

  private static Map<String, Instant> fences(Rows rows, Map<String, String> lifeOf) {
    Map<String, Instant> fences = new HashMap<>();
    for (var own : rows.ofKind("Worker").values()) {
      var owner = "";
      var before = own.getFirst();
      for (var row : own) {
        if (row.is("AttemptStarted")) owner = row.text("incarnation");
        var writer = lifeOf.getOrDefault(row.writer(), owner);
        // A worker that waits for a decision may be moved while its node lives on.
        var takenOver = row.is("AttemptInterrupted") && !before.is("OperationDecided");
        if (takenOver && !owner.isEmpty() && !writer.equals(owner)) {
          fences.merge(owner, row.writtenAt(), (a, b) -> a.isBefore(b) ? a : b);
        }
        before = row;
      }
    }
    return fences;
  }
}
