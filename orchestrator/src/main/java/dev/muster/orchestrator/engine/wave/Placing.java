package dev.muster.orchestrator.engine.wave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.pcollections.PSortedSet;

/// Gives the ready workers of one wave their places, in the order of the plan. It looks at no more
/// of them than get one, however many wait.
final class Placing {
  /// While a node is silent, some who are ready belong to it, and it takes a look at each to know.
  /// So many are passed over before the rest are left for later.
  static final int PASSED_OVER_MAX = 1_000;

  /// Those who need the same labels.
  private static final class Line {
    private final List<String> labels;
    private final Iterator<Integer> rest;
    private int head;
    private int left;

    Line(List<String> labels, PSortedSet<Integer> places) {
      this.labels = labels;
      this.rest = places.iterator();
      this.head = rest.next();
      this.left = places.size();
    }

    boolean moveOn() {
      left--;
      if (!rest.hasNext()) return false;
      head = rest.next();
      return true;
    }
  }

  private final Carried state;
  private final Places places;
  private final Stranded stranded;
  private final PriorityQueue<Line> lines =
      new PriorityQueue<>(Comparator.comparingInt((Line line) -> line.head));

  private final List<String> released = new ArrayList<>();

  /// Who found no place although there was room in the wave, by labels, the first first.
  private final Map<List<String>, Integer> refused = new LinkedHashMap<>();

  private int waiting;
  private int passedOver;

  Placing(Carried state, Places places, Stranded stranded) {
    this.state = state;
    this.places = places;
    this.stranded = stranded;
  }

  /// @param them not empty
  void add(List<String> labels, PSortedSet<Integer> them) {
    lines.add(new Line(labels, them));
    waiting += them.size();
  }

  /// @return those who go on now
  List<String> release(int roomInWave) {
    var room = roomInWave;
    while (room > 0 && !lines.isEmpty()) {
      var line = lines.remove();
      var member = state.at(line.head);
      var silent = stranded.silentNode(member);
      if (silent == null ? places.take(line.labels) : stranded.follow(silent)) {
        released.add(member.id());
        room--;
        if (line.moveOn()) lines.add(line);
      } else if (!stranded.anybody()) {
        refused.put(line.labels, line.left); // what one of them cannot have the next cannot either
      } else {
        if (silent == null) refused.merge(line.labels, 1, Integer::sum);
        if (++passedOver < PASSED_OVER_MAX && line.moveOn()) lines.add(line);
      }
    }
    waiting -= released.size();
    return released;
  }

  int waiting() {
    return waiting;
  }

  Map<List<String>, Integer> refused() {
    return refused;
  }
}
