package dev.muster.protocol.approval;

import dev.muster.protocol.journal.EventFamily;
import dev.muster.protocol.journal.MusterEvent;
import java.util.Map;

/// What the events of a gate are called in the journal.
public final class ApprovalEvents implements EventFamily {
  @Override
  public Class<? extends MusterEvent> type() {
    return ApprovalEvent.class;
  }

  @Override
  public Map<String, Class<? extends MusterEvent>> names() {
    return Map.ofEntries(
        Map.entry("GateOpened", ApprovalEvent.GateOpened.class),
        Map.entry("ApprovalRequested", ApprovalEvent.ApprovalRequested.class),
        Map.entry("ApprovalDecided", ApprovalEvent.ApprovalDecided.class),
        Map.entry("ApprovalAsked", ApprovalEvent.ApprovalAsked.class),
        Map.entry("ApprovalVoted", ApprovalEvent.ApprovalVoted.class),
        Map.entry("ApprovalExtended", ApprovalEvent.ApprovalExtended.class),
        Map.entry("BypassOpened", ApprovalEvent.BypassOpened.class),
        Map.entry("BypassRevoked", ApprovalEvent.BypassRevoked.class),
        Map.entry("PermitConsumed", ApprovalEvent.PermitConsumed.class),
        Map.entry("PermitRestored", ApprovalEvent.PermitRestored.class),
        Map.entry("OutcomeRecorded", ApprovalEvent.OutcomeRecorded.class));
  }
}
