package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.retrospective.Retrospectives;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What a run makes of what its workers say. Pure.
final class WorkerReports {
  private WorkerReports() {}

  /// A worker settles once, and what it said before it was reopened does not count any more.
  static boolean isNews(Carried state, WorkerReported report) {
    var member = state.members().get(report.worker());
    return member != null && member.underWay() && report.status().epoch() >= member.epoch();
  }

  /// Where no node works, nobody would tell that those under way have ended: they end here.
  static List<RunEvent> withoutNodes(Carried state, RunEvent event, Instant at) {
    if (!(event instanceof RunCancelled(var workers, var by, _))) return List.of(event);
    var events = new ArrayList<>(List.of(event));
    var whom = workers.isEmpty() ? state.underWay() : workers.stream().map(state::member);
    whom.filter(Member::underWay)
        .map(member -> new WorkerSettled(member.id(), cancelled(member, by, at), at))
        .forEach(events::add);
    return events;
  }

  private static WorkerStatus cancelled(Member member, String by, Instant at) {
    return new WorkerStatus(
        WorkerPhase.CANCELLED,
        member.epoch(),
        0,
        0,
        null,
        "cancelled by " + by,
        List.of(),
        List.of(),
        false,
        null,
        at);
  }

  /// @param reports at most one of each worker; those that are no news by now are left out
  static List<RunEvent> settled(Carried state, Collection<WorkerReported> reports, Instant at) {
    var events = new ArrayList<RunEvent>();
    for (var report : reports) {
      if (!isNews(state, report)) continue;
      var planned = state.member(report.worker()).planned();
      events.add(new WorkerSettled(report.worker(), report.status(), at));
      events.add(new RetrospectiveStored(Retrospectives.of(planned, report.status()), at));
    }
    return events;
  }
}
