package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.DoneBefore;
import dev.muster.protocol.run.RunCommand.Create;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a run begins: whole, or with what an earlier one has done already. Pure.
final class Beginning {
  private Beginning() {}

  /// @param plan the one that is to be created
  /// @param before what an earlier run has done
  static List<RunEvent> events(
      String run, Create create, RunPlan plan, DoneBefore before, Instant at) {
    var created = new RunCreated(run, null, create.settings(), at, create.plan());
    var settled = new ArrayList<WorkerSettled>();
    for (var planned : plan.workers()) {
      var status = before.workers().get(planned.id());
      if (status != null) settled.add(new WorkerSettled(planned.id(), status, at));
    }
    var events = new ArrayList<RunEvent>(List.of(created));
    if (!settled.isEmpty())
      events.addAll(Consequences.of(Carried.of(created, plan), settled, 0, at));
    return events;
  }
}
