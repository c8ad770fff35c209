package dev.muster.orchestrator.engine.wave;

import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/// Those of one wave that are left to be released, by their places in the plan. Pure.
///
/// @param ready they wait for nobody, by the labels that they need; no set is empty
/// @param waiting for other workers
/// @param paused one by one, ready or not
record WaveQueue(
    PMap<List<String>, PSortedSet<Integer>> ready,
    PSortedSet<Integer> waiting,
    PSortedSet<Integer> paused) {
  static final WaveQueue EMPTY =
      new WaveQueue(HashTreePMap.empty(), TreePSet.empty(), TreePSet.empty());

  WaveQueue ready(List<String> labels, int place) {
    var those = ready.getOrDefault(labels, TreePSet.empty());
    return new WaveQueue(ready.plus(labels, those.plus(place)), waiting, paused);
  }

  WaveQueue wait(int place) {
    return new WaveQueue(ready, waiting.plus(place), paused);
  }

  WaveQueue pause(int place) {
    return new WaveQueue(ready, waiting, paused.plus(place));
  }

  WaveQueue without(List<String> labels, int place) {
    var those = ready.getOrDefault(labels, TreePSet.empty()).minus(place);
    return new WaveQueue(
        those.isEmpty() ? ready.minus(labels) : ready.plus(labels, those),
        waiting.minus(place),
        paused.minus(place));
  }
}
