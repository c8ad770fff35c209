package dev.muster.orchestrator.engine.headroom;

import dev.muster.protocol.headroom.HeadroomTrend;
import dev.muster.protocol.headroom.HeadroomTrend.Pause;
import dev.muster.protocol.headroom.HeadroomTrend.Point;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// The last hour of every node, and when none took work. Pure. A node is worth 360 points, whatever
/// it reports; of its reports within ten seconds the worst is kept.
record TrendState(PSortedMap<String, PVector<Point>> points, PVector<Pause> pauses) {
  static final TrendState EMPTY = new TrendState(TreePMap.empty(), TreePVector.empty());

  static final Duration EVERY = Duration.ofSeconds(10);
  static final int POINTS_MAX = 360;
  static final int PAUSES_MAX = 100;

  /// Nodes beyond these are measured, but not remembered.
  static final int NODES_MAX = 200;

  private static final int REASONS_MAX = 10;

  TrendState with(NodeHeadroom headroom, Instant now) {
    var known = points.get(headroom.node());
    if (known == null && points.size() >= NODES_MAX) return this;
    var before = known == null ? TreePVector.<Point>empty() : known;
    return new TrendState(points.plus(headroom.node(), with(before, point(headroom, now))), pauses);
  }

  private static PVector<Point> with(PVector<Point> before, Point point) {
    var last = before.isEmpty() ? null : before.getLast();
    // What comes late, or from a clock that went back, belongs to the newest.
    if (last != null && !point.at().isAfter(last.at())) {
      return before.with(before.size() - 1, worse(last, point));
    }
    var more = before.plus(point);
    return more.size() > POINTS_MAX ? more.minus(0) : more;
  }

  private static Point point(NodeHeadroom it, Instant now) {
    var millis = EVERY.toMillis();
    return new Point(
        Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis),
        tenths(it.cpuPercent()),
        tenths(it.memoryPercent()),
        tenths(it.diskPercent()),
        it.slotsBusy(),
        it.slots(),
        it.open(),
        it.open() || it.reasons().isEmpty() ? null : String.join("; ", it.reasons()));
  }

  private static Point worse(Point a, Point b) {
    return new Point(
        a.at(),
        Math.max(a.cpuPercent(), b.cpuPercent()),
        Math.max(a.memoryPercent(), b.memoryPercent()),
        Math.max(a.diskPercent(), b.diskPercent()),
        Math.max(a.slotsBusy(), b.slotsBusy()),
        b.slots(),
        a.open() && b.open(),
        a.reason() == null ? b.reason() : a.reason());
  }

  /// Looks whether anybody takes work. Where no node works at all nothing is paused for want of
  /// headroom.
  TrendState seen(List<NodeHeadroom> nodes, Instant now) {
    var working = nodes.stream().filter(NodeHeadroom::works).toList();
    var closed = !working.isEmpty() && working.stream().noneMatch(NodeHeadroom::open);
    var last = pauses.isEmpty() ? null : pauses.getLast();
    var open = last != null && last.until() == null ? last : null;
    if (closed == (open != null)) return this;
    if (open != null) {
      var ended = new Pause(open.since(), now, open.reasons());
      return new TrendState(points, pauses.with(pauses.size() - 1, ended));
    }
    var reasons = working.stream().flatMap(it -> reasons(it).stream()).limit(REASONS_MAX).toList();
    var more = pauses.plus(new Pause(now, null, reasons));
    return new TrendState(points, more.size() > PAUSES_MAX ? more.minus(0) : more);
  }

  private static List<String> reasons(NodeHeadroom node) {
    return node.reasons().stream().map(it -> node.node() + ": " + it).toList();
  }

  /// Of nodes that are still known.
  TrendState among(Set<String> nodes) {
    if (nodes.containsAll(points.keySet())) return this;
    var gone = points.keySet().stream().filter(it -> !nodes.contains(it)).toList();
    return new TrendState(points.minusAll(gone), pauses);
  }

  /// Without points for a node that has not reported.
  HeadroomTrend of(String node) {
    var found = points.getOrDefault(node, TreePVector.empty());
    return new HeadroomTrend(node, (int) EVERY.toSeconds(), found, pauses);
  }

  private static double tenths(double percent) {
    return Math.round(percent * 10) / 10.0;
  }
}
