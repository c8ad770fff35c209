package dev.muster.e2e.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// No two attempts of one worker ran at the same time on two nodes for longer than fencing may
/// take, by what their processes themselves wrote down.
final class OverlapRule {
  private final List<Trace> traces;
  private final Duration allowed;

  OverlapRule(List<Trace> traces, Duration allowed) {
    this.traces = List.copyOf(traces);
    this.allowed = allowed;
  }

  private record Overlap(Trace one, Trace other, Duration length) {}

  List<String> broken() {
    return overlaps().stream()
        .filter(overlap -> overlap.length().compareTo(allowed) > 0)
        .map(overlap ->
            "%s and %s overlap by %d ms"
                .formatted(overlap.one(), overlap.other(), overlap.length().toMillis()))
        .toList();
  }

  /// The longest, zero when there is none.
  Duration longest() {
    return overlaps().stream().map(Overlap::length).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private List<Overlap> overlaps() {
    Map<String, List<Trace>> byWorker =
        traces.stream().collect(Collectors.groupingBy(Trace::worker));
    var overlaps = new ArrayList<Overlap>();
    for (var own : byWorker.values()) {
      for (var i = 0; i < own.size(); i++) {
        for (var j = i + 1; j < own.size(); j++) {
          var length = length(own.get(i), own.get(j));
          if (length.isPositive()) overlaps.add(new Overlap(own.get(i), own.get(j), length));
        }
      }
    }
    return overlaps;
  }

  private static Duration length(Trace one, Trace other) {
    if (one.node().equals(other.node())) return Duration.ZERO;
    var from = one.from().isAfter(other.from()) ? one.from() : other.from();
    var to = one.to().isBefore(other.to()) ? one.to() : other.to();
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }
}
