package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an earlier run has completed, for a new one that does not do it again.
final class EarlierRun {
  private final String run;
  private final Manifests manifests;
  private final Map<String, Planned> planned = new HashMap<>();
  private final Map<String, WorkerStatus> completed = new HashMap<>();

  /// Sub-workers that belong to the run, whoever asked before whom he asked for.
  private final Map<String, WorkerSpawned> spawned = new LinkedHashMap<>();

  private EarlierRun(String run, Manifests manifests) {
    this.run = run;
    this.manifests = manifests;
  }

  static EarlierRun read(JournalReader journal, Manifests manifests, String run) {
    var earlier = new EarlierRun(run, manifests);
    journal.eachOf(Origin.run(run), earlier::take);
    // It is read in parts. One that was deleted between two of them ended otherwise than it seems.
    if (journal.of(Origin.run(run), 0, 1).isEmpty()) throw RunLookup.unknownRun(run);
    return earlier;
  }

  private void take(JournalRow row) {
    switch (row.event()) {
      case RunCreated created ->
          created
              .plan(digest -> manifests.find(digest, RunPlan.class))
              .workers()
              .forEach(worker -> planned.put(worker.id(), worker));
      case WorkerSettled(var worker, var status, _) -> {
        if (status.phase() == WorkerPhase.COMPLETED) completed.put(worker, status);
        else completed.remove(worker);
      }
      case WorkerSpawned it -> {
        spawned.put(it.worker().id(), it);
        completed.remove(it.worker().id());
      }
      case WorkersReopened(var workers, _, _, var texts) -> {
        workers.forEach(completed::remove);
        spawned.keySet().removeIf(id -> workers.contains(SubWorkerId.root(id)));
        texts.forEach(text -> planned.put(text.id(), text));
      }
      case Object _ -> {}
    }
  }

  /// Those of a new plan that need not be done again: completed with the same text, resting on the
  /// same workers, all of which need not be done again either. With them go those they had asked
  /// for: whoever has one below that did not complete is done again.
  DoneBefore doneOf(RunPlan plan) {
    var done = unchanged(plan);
    var below = new ArrayList<WorkerSpawned>();
    for (var it : spawned.values()) {
      var id = it.worker().id();
      if (!done.containsKey(it.parent())) continue;
      done.put(id, carried(id));
      below.add(it);
    }
    return new DoneBefore(done, below);
  }

  private Map<String, WorkerStatus> unchanged(RunPlan plan) {
    Map<String, List<Planned>> dependents = new HashMap<>();
    Map<String, Integer> awaited = new HashMap<>();
    var queue = new ArrayDeque<Planned>();
    for (var worker : plan.workers()) {
      awaited.put(worker.id(), worker.dependencies().size());
      if (worker.dependencies().isEmpty()) queue.add(worker);
      for (var dependency : worker.dependencies()) {
        dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(worker);
      }
    }
    var lacking = new HashSet<String>();
    for (var sub : spawned.keySet()) {
      if (!completed.containsKey(sub)) lacking.add(SubWorkerId.root(sub));
    }
    Map<String, WorkerStatus> done = new HashMap<>();
    while (!queue.isEmpty()) {
      var worker = queue.poll();
      if (lacking.contains(worker.id()) || !isUnchanged(worker)) continue;
      done.put(worker.id(), carried(worker.id()));
      for (var next : dependents.getOrDefault(worker.id(), List.of())) {
        if (awaited.merge(next.id(), -1, Integer::sum) == 0) queue.add(next);
      }
    }
    return done;
  }

  private boolean isUnchanged(Planned worker) {
    var before = planned.get(worker.id());
    return before != null
        && completed.containsKey(worker.id())
        && before.instructionDigest().equals(worker.instructionDigest())
        && new HashSet<>(before.dependencies()).equals(new HashSet<>(worker.dependencies()));
  }

  private WorkerStatus carried(String worker) {
    var it = completed.get(worker);
    if (it == null) throw new IllegalStateException(worker + " has not completed");
    return new WorkerStatus(
        it.phase(),
        0,
        0,
        0,
        null,
        "done in " + run + ", and unchanged since",
        it.failures(),
        it.artifacts(),
        it.weak(),
        it.startedAt(),
        it.settledAt(),
        it.waited());
  }
}
