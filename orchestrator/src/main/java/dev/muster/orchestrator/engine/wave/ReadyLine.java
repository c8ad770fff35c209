package dev.muster.orchestrator.engine.wave;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/// Those of one need who wait for nobody, by their places in the plan. Pure.
///
/// @param fronts those in no group, and the first of each group
/// @param groups all of those who may get in one another's way by what they write, by group; none
///   is empty
record ReadyLine(PSortedSet<Integer> fronts, PMap<Integer, PSortedSet<Integer>> groups, int size) {
  static final ReadyLine EMPTY = new ReadyLine(TreePSet.empty(), HashTreePMap.empty(), 0);

  /// Of no group.
  static final int NONE = -1;

  ReadyLine with(int place, int group) {
    if (group == NONE) return new ReadyLine(fronts.plus(place), groups, size + 1);
    return change(group, group(group).plus(place), size + 1);
  }

  /// The same where it is not in it.
  ReadyLine without(int place, int group) {
    if (group == NONE) {
      return fronts.contains(place) ? new ReadyLine(fronts.minus(place), groups, size - 1) : this;
    }
    var them = group(group);
    return them.contains(place) ? change(group, them.minus(place), size - 1) : this;
  }

  PSortedSet<Integer> group(int group) {
    return groups.getOrDefault(group, TreePSet.empty());
  }

  private ReadyLine change(int group, PSortedSet<Integer> after, int count) {
    var before = group(group);
    var front = before.isEmpty() ? fronts : fronts.minus(before.first());
    return new ReadyLine(
        after.isEmpty() ? front : front.plus(after.first()),
        after.isEmpty() ? groups.minus(group) : groups.plus(group, after),
        count);
  }
}
