package dev.muster.orchestrator.wave;

import dev.muster.orchestrator.retrospective.Retrospectives;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import java.time.Instant;
import java.util.List;

/// What a run makes of what its workers say. Pure.
final class WorkerReports {
  private WorkerReports() {}

  /// A worker settles once, and what it said before it was reopened does not count any more.
  static boolean isNews(Carried state, WorkerReported report) {
    var member = state.members().get(report.worker());
    return member != null && member.underWay() && report.status().epoch() >= member.epoch();
  }

  static List<RunEvent> settled(Carried state, WorkerReported report, Instant at) {
    var planned = state.member(report.worker()).planned();
    return List.of(
        new WorkerSettled(report.worker(), report.status(), at),
        new RetrospectiveStored(Retrospectives.of(planned, report.status()), at));
  }
}
