package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunCommand.Create;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.SubWorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a run begins: whole, or with what an earlier one has done already.
final class Beginning {
  private Beginning() {}

  /// @return null where the plan, or what an earlier run has done, is not stored
  static @Nullable List<RunEvent> events(String run, Create create, RunLinks links, Instant at) {
    var digest = create.doneBefore();
    var before = digest == null ? DoneBefore.NOTHING : links.doneBefore(digest);
    var plan = links.plan(create.plan());
    return plan == null || before == null ? null : events(run, create, plan, before, at);
  }

  private static List<RunEvent> events(
      String run, Create create, RunPlan plan, DoneBefore before, Instant at) {
    var created = new RunCreated(run, null, create.settings(), at, create.plan());
    var done = new ArrayList<RunEvent>();
    var waves = new HashMap<String, Integer>();
    for (var planned : plan.workers()) waves.put(planned.id(), planned.wave());
    for (var it : before.spawned()) {
      // Whoever asked may stand in another wave than in the earlier run.
      var wave = waves.getOrDefault(SubWorkerId.root(it.parent()), it.worker().wave());
      var worker = it.worker().inWave(wave);
      done.add(new WorkerSpawned(it.parent(), it.ordinal(), worker, it.inputs(), at));
    }
    // Nobody settles before those he had asked for.
    for (var it : before.spawned().reversed()) settle(it.worker().id(), before, done, at);
    for (var planned : plan.workers()) settle(planned.id(), before, done, at);
    var events = new ArrayList<RunEvent>(List.of(created));
    if (!done.isEmpty()) events.addAll(Consequences.of(Carried.of(created, plan), done, 0, at));
    return events;
  }

  private static void settle(String worker, DoneBefore before, List<RunEvent> events, Instant at) {
    var status = before.workers().get(worker);
    if (status != null) events.add(new WorkerSettled(worker, status, at));
  }
}
