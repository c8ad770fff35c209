package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.JournalLine;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which things a piece of the journal has changed, each named once with the last event that did.
///
/// @param workers changed workers by run
/// @param approvals changed approvals by gate
public record Changes(
    Map<String, Long> runs,
    Map<String, Map<String, Long>> workers,
    Map<String, Map<String, Long>> approvals) {
  static Changes of(List<JournalRow> rows) {
    var changes = new Changes(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    rows.forEach(changes::add);
    return changes;
  }

  private void add(JournalRow row) {
    var run = row.origin().run();
    if (!run.equals(ApprovalCommand.OUTSIDE)) runs.put(run, row.seq());
    if (row.event() instanceof CommonsEvent) return;
    if (row.event() instanceof ApprovalEvent event) {
      var approval = JournalLine.approvalOf(event);
      if (approval != null) note(approvals, row, approval);
      return;
    }
    switch (row.event()) {
      case WorkersReleased released -> noteWorkers(row, released.workers());
      case WorkersReopened reopened -> noteWorkers(row, reopened.workers());
      case RunCancelled cancelled -> noteWorkers(row, cancelled.workers());
      case Object _ -> {
        var worker = JournalLine.workerOf(row);
        if (worker != null && row.origin().kind() != Origin.Kind.GATE) note(workers, row, worker);
      }
    }
  }

  private void noteWorkers(JournalRow row, List<String> ids) {
    ids.forEach(id -> note(workers, row, id));
  }

  private static void note(Map<String, Map<String, Long>> all, JournalRow row, String id) {
    all.computeIfAbsent(row.origin().run(), _ -> new LinkedHashMap<>()).put(id, row.seq());
  }
}
