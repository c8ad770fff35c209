package dev.muster.orchestrator.app;

import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import java.time.Instant;
import java.util.function.Consumer;

/// What gates decide, whoever told them to, and also what they decide by themselves.
public record GateAudit(AuditLog log) implements Consumer<ApprovalEvent> {
  @Override
  public void accept(ApprovalEvent event) {
    if (event instanceof ApprovalDecided it) {
      note(it.at(), it.by(), it.approval(), it.decision().name(), it.reason());
    } else if (event instanceof ApprovalVoted it) {
      var outcome = "one of " + it.of();
      note(it.at(), it.by().name(), it.approval(), outcome, it.reason());
    } else if (event instanceof ApprovalExtended it) {
      note(
          it.at(),
          it.by().name(),
          it.approval(),
          "extended until " + Json.instant(it.deadline()),
          "");
    } else if (event instanceof BypassOpened it) {
      note(
          it.at(),
          it.by().name(),
          it.kind(),
          "let pass until " + Json.instant(it.until()),
          it.reason());
    } else if (event instanceof BypassRevoked it) {
      note(it.at(), it.by().name(), it.kind(), "no longer let pass", "");
    }
  }

  private void note(Instant at, String by, String approval, String outcome, String reason) {
    log.note(
        new Entry(
            at, Entry.Kind.DECISION, by, null, null, "gate " + approval, outcome, null, reason, 1));
  }
}
