package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.Artifact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Who was asked for by whom. Pure.
///
/// Their places come before those of the plan, so that somebody who waits for his sub-workers is
/// not kept waiting by all who have not begun.
///
/// @param byId those that belong to the run
/// @param of ids by whoever asked for them, in order
/// @param all that there ever were, by place
record SubWorkers(PMap<String, Sub> byId, PMap<String, PVector<String>> of, PVector<Sub> all) {
  static final SubWorkers NONE =
      new SubWorkers(HashTreePMap.empty(), HashTreePMap.empty(), TreePVector.empty());

  private static final int FIRST_PLACE = -1_000_000;

  /// @param number of all that there ever were, from 0
  /// @param ordinal of the step by which its parent asked
  /// @param inputs that its parent gave it
  record Sub(int number, String parent, int ordinal, Planned planned, List<Artifact> inputs) {
    String id() {
      return planned.id();
    }
  }

  SubWorkers with(WorkerSpawned spawned) {
    var id = spawned.worker().id();
    if (byId.containsKey(id)) throw new IllegalStateException(id + " exists already");
    var sub =
        new Sub(
            all.size(), spawned.parent(), spawned.ordinal(), spawned.worker(), spawned.inputs());
    return new SubWorkers(
        byId.plus(id, sub),
        of.plus(spawned.parent(), of(spawned.parent()).plus(id)),
        all.plus(sub));
  }

  /// Those below somebody who begins anew leave the run. Their names are not given again.
  SubWorkers without(String parent) {
    var next = this;
    for (var id : below(parent).reversed()) next = next.withoutOne(id);
    return next;
  }

  SubWorkers withoutOne(String id) {
    var sub = byId.get(id);
    if (sub == null) return this;
    var left = of(sub.parent()).minus(id);
    return new SubWorkers(byId.minus(id), of.plus(sub.parent(), left), all);
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  int count() {
    return byId.size();
  }

  @Nullable Sub get(String id) {
    return byId.get(id);
  }

  PVector<String> of(String parent) {
    return of.getOrDefault(parent, TreePVector.empty());
  }

  /// Those that one step asked for, in order.
  List<Sub> askedFor(String parent, int ordinal) {
    var them = new ArrayList<Sub>();
    for (var id : of(parent)) {
      var sub = byId.get(id);
      if (sub != null && sub.ordinal() == ordinal) them.add(sub);
    }
    return them;
  }

  /// Everybody below, the nearest first.
  List<String> below(String worker) {
    var them = new ArrayList<String>(of(worker));
    for (var i = 0; i < them.size(); i++) them.addAll(of(them.get(i)));
    return them;
  }

  /// What the next one of a parent is called: also those that have left keep their names. Of those
  /// that an earlier run had, some may not have come along.
  int nextNumber(String parent) {
    return 1
        + all.stream()
            .filter(it -> it.parent().equals(parent))
            .mapToInt(it -> SubWorkerId.number(it.id()))
            .max()
            .orElse(0);
  }

  /// Older journals may have somebody else under the name of one that has left.
  boolean belongs(Sub sub) {
    return sub.equals(byId.get(sub.id()));
  }

  int place(Sub sub) {
    return FIRST_PLACE + sub.number();
  }

  String at(int place) {
    return plannedAt(place).id();
  }

  Planned plannedAt(int place) {
    return all.get(place - FIRST_PLACE).planned();
  }

  List<Planned> planned() {
    return all.stream().filter(this::belongs).map(Sub::planned).toList();
  }
}
