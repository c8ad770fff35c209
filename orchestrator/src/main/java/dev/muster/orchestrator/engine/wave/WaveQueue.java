package dev.muster.orchestrator.engine.wave;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/// Those of one wave that are left to be released, by their places in the plan. Pure.
///
/// @param ready they wait for nobody, by what they need; no line is empty
/// @param waiting for other workers
/// @param paused one by one, ready or not
record WaveQueue(
    PMap<Need, ReadyLine> ready, PSortedSet<Integer> waiting, PSortedSet<Integer> paused) {
  static final WaveQueue EMPTY =
      new WaveQueue(HashTreePMap.empty(), TreePSet.empty(), TreePSet.empty());

  WaveQueue ready(Need need, int group, int place) {
    var line = ready.getOrDefault(need, ReadyLine.EMPTY);
    return new WaveQueue(ready.plus(need, line.with(place, group)), waiting, paused);
  }

  WaveQueue wait(int place) {
    return new WaveQueue(ready, waiting.plus(place), paused);
  }

  WaveQueue pause(int place) {
    return new WaveQueue(ready, waiting, paused.plus(place));
  }

  WaveQueue without(Need need, int group, int place) {
    var line = ready.getOrDefault(need, ReadyLine.EMPTY).without(place, group);
    return new WaveQueue(
        line.size() == 0 ? ready.minus(need) : ready.plus(need, line),
        waiting.minus(place),
        paused.minus(place));
  }
}
