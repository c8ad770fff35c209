package dev.muster.orchestrator.journal.storage;

import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Handover;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Lists what is handed to a worker: the deliverables of everything it rests on. Pure.
public final class HandedOn {
  private HandedOn() {}

  /// One per path; of two the nearer wins.
  ///
  /// @param find knows the handover and all that it names, and they theirs
  public static List<Artifact> inputs(Handover to, Function<String, Handover> find) {
    Map<String, Artifact> byPath = new HashMap<>();
    List<Artifact> inputs = new ArrayList<>();
    for (var digest : inOrder(to, find)) {
      for (var artifact : find.apply(digest).artifacts()) {
        if (byPath.putIfAbsent(artifact.path(), artifact) == null) inputs.add(artifact);
      }
    }
    return inputs;
  }

  /// Whoever hands a file on comes before those he has it from; among those that do not wait for
  /// one another the nearest first.
  private static Set<String> inOrder(Handover to, Function<String, Handover> find) {
    Map<String, Integer> waitingFor = new HashMap<>();
    Set<String> reached = new LinkedHashSet<>();
    var queue = new ArrayDeque<>(to.from());
    while (!queue.isEmpty()) {
      var next = queue.poll();
      if (!reached.add(next)) continue;
      for (var before : find.apply(next).from()) {
        waitingFor.merge(before, 1, Integer::sum);
        queue.add(before);
      }
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (var digest : reached) if (!waitingFor.containsKey(digest)) queue.add(digest);
    while (!queue.isEmpty()) {
      var next = queue.poll();
      ordered.add(next);
      for (var before : find.apply(next).from()) {
        if (waitingFor.merge(before, -1, Integer::sum) == 0) queue.add(before);
      }
    }
    return ordered;
  }
}
