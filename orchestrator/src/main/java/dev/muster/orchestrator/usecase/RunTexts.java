package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.SubWorkerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What has changed in a run's folder since the run took its texts.
public record RunTexts(RunCreator creator, RunViews views, RunLookup lookup) {
  public TextChanges changes(String run) {
    return creator.changes(ofFiles(lookup.plan(run)), settings(run));
  }

  /// Sub-workers have no file: the run wrote their texts itself.
  private static RunPlan ofFiles(RunPlan plan) {
    var workers = plan.workers().stream().filter(it -> !SubWorkerId.isSub(it.id())).toList();
    return plan.with(workers);
  }

  /// Those that rest on a changed one.
  public List<String> restingOn(String run, Collection<String> changed) {
    if (changed.isEmpty()) return List.of();
    return rests(lookup.plan(run), changed);
  }

  private static List<String> rests(RunPlan plan, Collection<String> changed) {
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
  public TextChanges take(String run, List<String> workers) {
    var found = changes(run);
    var refusals = found.refusals(workers);
    if (!refusals.isEmpty()) {
      throw Refusal.conflict("not-a-new-text", String.join("; ", refusals));
    }
    creator.take(found, settings(run));
    return found;
  }

  private RunSettings settings(String run) {
    var settings = views.settings(run);
    if (settings == null) throw new IllegalStateException(run + " has left the journal");
    return settings;
  }
}
