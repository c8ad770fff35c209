package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.plan.WriteScopes;
import dev.muster.protocol.run.RunPlan.Planned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Workers that may get in one another's way by what they write, directly or by others between
/// them. Who is in no group gets in nobody's. Pure.
final class WriteGroups {
  private final Map<String, String> leaders = new HashMap<>();

  private WriteGroups() {}

  /// @return numbers by worker
  static Map<String, Integer> of(List<Planned> workers) {
    var groups = new WriteGroups();
    for (var together : WriteScopes.tops(workers).values()) {
      if (together.size() < 2) continue;
      var first = together.iterator().next();
      together.forEach(other -> groups.join(first, other));
    }
    var numbers = new HashMap<String, Integer>();
    var of = new HashMap<String, Integer>();
    for (var worker : workers) {
      if (!groups.leaders.containsKey(worker.id())) continue;
      var leader = groups.leader(worker.id());
      of.put(worker.id(), numbers.computeIfAbsent(leader, _ -> numbers.size()));
    }
    return of;
  }

  private void join(String one, String other) {
    leaders.put(leader(other), leader(one));
  }

  private String leader(String worker) {
    var at = worker;
    while (true) {
      var above = leaders.putIfAbsent(at, at);
      if (above == null || above.equals(at)) return at;
      var further = leaders.getOrDefault(above, above);
      leaders.put(at, further); // so that the next way is shorter
      at = further;
    }
  }
}
