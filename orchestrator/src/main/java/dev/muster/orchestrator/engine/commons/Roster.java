package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.run.RunPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Who is in which room, by the run's plan. Pure.
///
/// @param waves of the workers
/// @param crews titles by id, in the order of the plan, by wave
record Roster(Map<String, Integer> waves, Map<Integer, Map<String, String>> crews) {
  static Roster of(RunPlan plan) {
    var waves = new LinkedHashMap<String, Integer>();
    var crews = new TreeMap<Integer, Map<String, String>>();
    for (var worker : plan.workers()) {
      waves.put(worker.id(), worker.wave());
      crews
          .computeIfAbsent(worker.wave(), _ -> new LinkedHashMap<>())
          .put(worker.id(), worker.title());
    }
    return new Roster(waves, crews);
  }

  /// Null for whom the plan does not know.
  @Nullable Integer wave(String worker) {
    return waves.get(worker);
  }

  boolean has(int wave, String worker) {
    return Integer.valueOf(wave).equals(waves.get(worker));
  }

  Map<String, String> crew(int wave) {
    return crews.getOrDefault(wave, Map.of());
  }

  /// All but this one, beginning with whoever comes after `last`.
  ///
  /// @param last null begins with the first
  List<String> inTurn(int wave, @Nullable String last, String but) {
    var ids = List.copyOf(crew(wave).keySet());
    var from = last == null ? 0 : ids.indexOf(last) + 1;
    return IntStream.range(0, ids.size())
        .mapToObj(at -> ids.get((from + at) % ids.size()))
        .filter(id -> !id.equals(but))
        .toList();
  }
}
