package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.journal.JournalRow;
import dev.muster.orchestrator.journal.Origin;
import dev.muster.orchestrator.view.JournalLine;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.WorkersReleased;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which things a piece of the journal has changed, each named once.
///
/// @param workers changed workers by run
/// @param approvals the gate of each changed approval
public record Changes(
    Set<String> runs, Map<String, Set<String>> workers, Map<String, String> approvals) {
  static Changes of(List<JournalRow> rows) {
    var changes = new Changes(new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    rows.forEach(changes::add);
    return changes;
  }

  private void add(JournalRow row) {
    var run = row.origin().run();
    if (!run.equals(ApprovalCommand.OUTSIDE)) runs.add(run);
    if (row.event() instanceof ApprovalEvent event) {
      var approval = JournalLine.approvalOf(event);
      if (approval != null) approvals.put(approval, run);
      return;
    }
    switch (row.event()) {
      case WorkersReleased released -> workers(run).addAll(released.workers());
      case WorkersReopened reopened -> workers(run).addAll(reopened.workers());
      case RunCancelled cancelled -> workers(run).addAll(cancelled.workers());
      case Object _ -> {
        var worker = JournalLine.workerOf(row);
        if (worker != null && row.origin().kind() != Origin.Kind.GATE) workers(run).add(worker);
      }
    }
  }

  private Set<String> workers(String run) {
    return workers.computeIfAbsent(run, _ -> new LinkedHashSet<>());
  }
}
