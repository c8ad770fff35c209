package dev.muster.orchestrator.http;

import static dev.muster.orchestrator.http.Endpoint.get;

import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What has changed in a run's folder since the run took its texts, and what a retry that takes the
/// new ones would run again.
final class TextEndpoints {
  private final Api api;
  private final RunLookup lookup;

  TextEndpoints(Api api, RunLookup lookup) {
    this.api = api;
    this.lookup = lookup;
  }

  /// @param rests those that rest on a changed one
  record Changes(String run, List<Item> items, List<String> rests, List<String> refused) {}

  record Item(String worker, String file) {}

  List<Endpoint> all() {
    return List.of(get("/api/v1/runs/{run}/changes", this::changes));
  }

  private Answer changes(Call call) {
    var run = lookup.existing(call.part("run"));
    var plan = lookup.plan(run);
    var found = api.creator().changes(plan, settings(run));
    var items = found.changed().stream().map(it -> new Item(it.text().id(), it.file())).toList();
    var changed = new LinkedHashSet<>(items.stream().map(Item::worker).toList());
    return Answer.ok(new Changes(run, items, rests(plan, changed), found.refusals(List.of())));
  }

  private static List<String> rests(RunPlan plan, Set<String> changed) {
    Map<String, List<String>> dependents = new HashMap<>();
    for (var worker : plan.workers()) {
      for (var dependency : worker.dependencies()) {
        dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(worker.id());
      }
    }
    var reached = new LinkedHashSet<String>();
    var queue = new ArrayDeque<>(changed);
    while (!queue.isEmpty()) {
      for (var next : dependents.getOrDefault(queue.poll(), List.of())) {
        if (reached.add(next)) queue.add(next);
      }
    }
    reached.removeAll(changed);
    return List.copyOf(reached);
  }

  /// @return what is stored now, to be handed to the run
  ///
  /// @param workers whom it concerns; empty means all
  TextChanges take(String run, List<String> workers) {
    var settings = settings(run);
    var found = api.creator().changes(lookup.plan(run), settings);
    var refusals = found.refusals(workers);
    if (!refusals.isEmpty()) {
      throw ProblemException.of(409, "not-a-new-text", String.join("; ", refusals));
    }
    api.creator().take(found, settings);
    return found;
  }

  private RunSettings settings(String run) {
    var settings = api.views().settings(run);
    if (settings == null) throw new IllegalStateException(run + " has left the journal");
    return settings;
  }
}
