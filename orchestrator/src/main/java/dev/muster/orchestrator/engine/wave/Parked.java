package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Agents under way that wait until a model may be asked again. Nothing keeps them from being
/// released, but whoever asks why nothing moves is told of them: one line a wave. Pure.
final class Parked {
  private Parked() {}

  static List<Hold> with(List<Hold> holds, Carried state, Live live) {
    Map<Integer, Hold> firsts = new HashMap<>();
    Map<Integer, Integer> counts = new HashMap<>();
    state
        .underWay()
        .filter(it -> !state.awaitsSubs(it))
        .forEach(it -> {
          var why = live.parked(it);
          if (why == null) return;
          var wave = it.planned().wave();
          counts.merge(wave, 1, Integer::sum);
          firsts.putIfAbsent(wave, new Hold(wave, it.id(), Hold.Kind.MODELS, why));
        });
    if (firsts.isEmpty()) return holds;
    var all = new ArrayList<>(holds);
    firsts.forEach((wave, first) -> all.add(said(first, counts.getOrDefault(wave, 1))));
    return all;
  }

  private static Hold said(Hold first, int count) {
    if (count == 1) return first;
    return new Hold(
        first.wave(),
        "wave " + first.wave(),
        first.kind(),
        "%d agents wait for models; %s %s".formatted(count, first.subject(), first.reason()));
  }
}
