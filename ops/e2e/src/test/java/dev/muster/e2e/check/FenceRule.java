package dev.muster.e2e.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    fencedAt.keySet().retainAll(replaced(rows));
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

  /// Attempts that another life ended while their own lived on: a worker was moved as it ran.
  static long moved(Rows rows) {
    var lifeOf = lives(rows);
    var replaced = replaced(rows);
    return takeovers(rows, lifeOf).stream().filter(it -> !replaced.contains(it.life())).count();
  }

  /// Lives after which their node had another.
  private static Set<String> replaced(Rows rows) {
    Map<String, Set<String>> lives = new HashMap<>();
    for (var row : rows.named("AttemptStarted")) {
      lives
          .computeIfAbsent(row.text("node"), _ -> new LinkedHashSet<>())
          .add(row.text("incarnation"));
    }
    Set<String> replaced = new HashSet<>();
    lives.values().forEach(own -> replaced.addAll(List.copyOf(own).subList(0, own.size() - 1)));
    return replaced;
  }

  /// Incarnation by writer.
  private static Map<String, String> lives(Rows rows) {
    Map<String, String> lives = new HashMap<>();
    for (var row : rows.named("AttemptStarted")) lives.put(row.writer(), row.text("incarnation"));
    return lives;
  }

  private static Map<String, Instant> fences(Rows rows, Map<String, String> lifeOf) {
    Map<String, Instant> fences = new HashMap<>();
    for (var it : takeovers(rows, lifeOf)) {
      fences.merge(it.life(), it.at(), (a, b) -> a.isBefore(b) ? a : b);
    }
    return fences;
  }

  private record Takeover(String life, Instant at) {}

  private static List<Takeover> takeovers(Rows rows, Map<String, String> lifeOf) {
    List<Takeover> takeovers = new ArrayList<>();
    for (var own : rows.ofKind("Worker").values()) {
      var owner = "";
      var before = own.getFirst();
      for (var row : own) {
        if (row.is("AttemptStarted")) owner = row.text("incarnation");
        var writer = lifeOf.getOrDefault(row.writer(), owner);
        // A worker that waits for a decision may be moved while its node lives on.
        var unasked = row.is("AttemptInterrupted") && !before.is("OperationDecided");
        if (unasked && !owner.isEmpty() && !writer.equals(owner)) {
          takeovers.add(new Takeover(owner, row.writtenAt()));
        }
        before = row;
      }
    }
    return takeovers;
  }
}
