package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Unreadable;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.run.RunEvent.RetrospectiveStored;
import dev.muster.protocol.run.RunEvent.WorkerBlocked;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import org.jspecify.annotations.Nullable;

/// One event as one JSON object: `seq`, `at`, `worker`, `attempt` where it has one, `type`, and
/// then the event's own fields.
public final class JournalLine {
  private JournalLine() {}

  public static ObjectNode of(JournalRow row) {
    var fields = Json.tree(row.event());
    var line = Json.mapper().createObjectNode();
    line.put("seq", row.seq());
    line.put("at", Json.instant(row.event().at()));
    line.put("worker", workerOf(row));
    JsonNode attempt = fields.remove("attempt");
    if (attempt != null) line.set("attempt", attempt);
    line.put("type", typeOf(row.event()));
    fields.remove("at");
    fields.remove("worker");
    line.setAll(fields);
    return line;
  }

  /// What cannot be read is in no family.
  private static String typeOf(MusterEvent event) {
    return event instanceof Unreadable ? "Unreadable" : EventNames.nameOf(event);
  }

  /// Whom the event concerns: not only what a worker persisted itself.
  public static @Nullable String workerOf(JournalRow row) {
    return switch (row.event()) {
      case WorkerSettled settled -> settled.worker();
      case WorkerBlocked blocked -> blocked.worker();
      case WorkerSpawned spawned -> spawned.worker().id();
      case RetrospectiveStored stored -> stored.retrospective().worker();
      case ApprovalRequested asked -> asked.operation().worker();
      case CommonsEvent shared -> shared.worker();
      case Object _ -> row.origin().worker();
    };
  }

  /// Which approval it is about; null for none.
  public static @Nullable String approvalOf(ApprovalEvent event) {
    return switch (event) {
      case GateOpened _, BypassOpened _, BypassRevoked _ -> null;
      case ApprovalRequested it -> it.approval();
      case ApprovalAsked it -> it.approval();
      case ApprovalVoted it -> it.approval();
      case ApprovalExtended it -> it.approval();
      case ApprovalDecided it -> it.approval();
      case PermitConsumed it -> it.approval();
      case PermitRestored it -> it.approval();
      case OutcomeRecorded it -> it.approval();
    };
  }
}
