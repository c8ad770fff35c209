package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.wave.Writing.Clash;
import dev.muster.protocol.run.SubWorkerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.pcollections.PSortedSet;

/// Gives the ready workers of one wave their places, in the order of the plan. It looks at no more
/// of them than get one, however many wait, and at a few for each who is in somebody's way.
final class Placing {
  /// While a node is silent, some who are ready belong to it, and it takes a look at each to know.
  /// So many are passed over before the rest are left for later.
  static final int PASSED_OVER_MAX = 1_000;

  /// So many of a group are found in somebody's way before its rest are left for later.
  static final int CLASHES_MAX = 16;

  /// Those who need the same, in the order of the plan.
  private static final class Line {
    private final Need need;
    private final ReadyLine all;
    private final boolean fronts;
    private final Iterator<Integer> rest;
    private int head;
    private int left;
    private int clashes;

    Line(Need need, ReadyLine all, PSortedSet<Integer> places, boolean fronts, int left) {
      this.need = need;
      this.all = all;
      this.fronts = fronts;
      this.rest = places.iterator();
      this.head = rest.next();
      this.left = left;
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
  private final Writing writing;
  private final PriorityQueue<Line> lines =
      new PriorityQueue<>(Comparator.comparingInt((Line line) -> line.head));

  private final List<String> released = new ArrayList<>();

  /// Who found no place although there was room in the wave, by labels, the first first.
  private final Map<List<String>, Integer> refused = new LinkedHashMap<>();

  private final Map<String, Clash> clashes = new LinkedHashMap<>();
  private int held;
  private int waiting;
  private int passedOver;

  Placing(Carried state, Places places, Stranded stranded, Writing writing) {
    this.state = state;
    this.places = places;
    this.stranded = stranded;
    this.writing = writing;
  }

  /// @param them not empty
  void add(Need need, ReadyLine them) {
    lines.add(new Line(need, them, them.fronts(), true, them.size()));
    waiting += them.size();
  }

  /// @return those who go on now
  List<String> release(int roomInWave) {
    var room = roomInWave;
    while (room > 0 && !lines.isEmpty()) {
      var line = lines.remove();
      var member = state.at(line.head);
      if (line.fronts) follow(line, member);
      // Whoever was asked for writes where its parent may, who waits for it meanwhile.
      var clash = SubWorkerId.isSub(member.id()) ? null : writing.clash(member);
      if (clash != null) {
        holdBack(line, member, clash);
        continue;
      }
      var silent = stranded.silentNode(member);
      var labels = line.need.labels();
      if (silent == null ? places.take(labels) : stranded.follow(silent)) {
        released.add(member.id());
        writing.begin(member);
        room--;
        if (line.moveOn()) lines.add(line);
      } else if (!stranded.anybody()) {
        // What one of them cannot have the next cannot either.
        refused.merge(labels, line.left, Integer::sum);
      } else {
        if (silent == null) refused.merge(labels, 1, Integer::sum);
        if (++passedOver < PASSED_OVER_MAX && line.moveOn()) lines.add(line);
      }
    }
    waiting -= released.size() + held;
    return released;
  }

  /// The rest of its group come in their turn, each if nobody is in its way.
  private void follow(Line line, Member member) {
    var group = line.all.group(state.dependencies().group(member.id()));
    if (group.size() < 2) return;
    var others = group.minus(line.head);
    line.left -= others.size();
    lines.add(new Line(line.need, line.all, others, false, others.size()));
  }

  private void holdBack(Line line, Member member, Clash clash) {
    clashes.put(member.id(), clash);
    writing.begin(member);
    held++;
    var gaveUp = !line.fronts && ++line.clashes >= CLASHES_MAX;
    if (gaveUp) held += line.left - 1;
    else if (line.moveOn()) lines.add(line);
  }

  /// Those who could not go on for what others may write.
  Map<String, Clash> clashes() {
    return clashes;
  }

  int held() {
    return held;
  }

  int waiting() {
    return waiting;
  }

  Map<List<String>, Integer> refused() {
    return refused;
  }
}
