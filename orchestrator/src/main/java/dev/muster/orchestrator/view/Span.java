package dev.muster.orchestrator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A stretch of time. Clocks of several nodes took part, so its end may seem to come before its
/// start: then it is empty.
record Span(Instant from, Instant to) {
  private record Edge(Instant at, int waits, int busy) {}

  Duration length() {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }

  Span within(Span bounds) {
    return new Span(
        from.isBefore(bounds.from) ? bounds.from : from, to.isAfter(bounds.to) ? bounds.to : to);
  }

  /// How long somebody was waited for while nobody was busy.
  static Duration idle(List<Span> waits, List<Span> busy, Span bounds) {
    if (waits.isEmpty()) return Duration.ZERO;
    var edges = new ArrayList<Edge>(2 * (waits.size() + busy.size()));
    waits.forEach(span -> add(edges, span.within(bounds), 1, 0));
    busy.forEach(span -> add(edges, span.within(bounds), 0, 1));
    edges.sort((a, b) -> a.at().compareTo(b.at()));
    var idle = Duration.ZERO;
    var waiting = 0;
    var working = 0;
    var since = bounds.from;
    for (var edge : edges) {
      if (waiting > 0 && working == 0) idle = idle.plus(Duration.between(since, edge.at()));
      waiting += edge.waits();
      working += edge.busy();
      since = edge.at();
    }
    return idle;
  }

  private static void add(List<Edge> edges, Span span, int waits, int busy) {
    if (span.length().isZero()) return;
    edges.add(new Edge(span.from, waits, busy));
    edges.add(new Edge(span.to, -waits, -busy));
  }
}
