package dev.muster.e2e.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What gated operations left in the world agrees with the journal: nothing happened twice, nothing
/// without a permit of just that attempt, and everything happened that a completed worker claims.
final class EffectRule implements Rule {
  private final List<Effect> effects;

  EffectRule(List<Effect> effects) {
    this.effects = List.copyOf(effects);
  }

  @Override
  public List<String> brokenBy(Rows rows) {
    var broken = new ArrayList<String>();
    var workers = rows.ofKind("Worker");
    var permitted = permitted(rows);
    Set<String> happened = new HashSet<>();
    for (var effect : effects) {
      var worker = effect.run() + "/" + effect.worker();
      if (!happened.add(worker)) broken.add(worker + ": its effect happened again: " + effect);
      if (!permitted.getOrDefault(worker, Set.of()).contains(effect.attempt())) {
        broken.add(worker + ": an effect without a permit: " + effect);
      }
    }
    for (var worker : permitted.keySet()) {
      var end = Workers.end(workers.getOrDefault(worker, List.of()));
      var tells = effects.stream().anyMatch(it -> worker.startsWith(it.run() + "/"));
      if (tells && end.equals("Completed") && !happened.contains(worker)) {
        broken.add(worker + ": completed, and its effect did not happen");
      }
    }
    return broken;
  }

  /// Attempts with a permit, by worker.
  private static Map<String, Set<Integer>> permitted(Rows rows) {
    Map<String, Set<Integer>> permitted = new HashMap<>();
    rows.ofKind("Gate")
        .forEach((run, own) -> {
          Map<String, String> workers = new HashMap<>();
          for (var row : own) {
            if (row.is("ApprovalRequested")) {
              workers.put(row.text("approval"), row.event().at("/operation/worker").asText());
            } else if (row.is("PermitConsumed")) {
              var worker = run + "/" + workers.getOrDefault(row.text("approval"), "?");
              permitted.computeIfAbsent(worker, _ -> new HashSet<>()).add(row.number("attempt"));
            }
          }
        });
    return permitted;
  }
}
