package dev.muster.orchestrator.engine.approval;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines of `approvals.log`.
final class ApprovalLog {
  private static final Logger LOG = LoggerFactory.getLogger("muster.approvals");

  private ApprovalLog() {}

  static void write(ApprovalEvent event) {
    switch (event) {
      case ApprovalRequested it ->
          LOG.info(
              "requested {} {} {} {} until {}",
              it.approval(),
              it.operation().worker(),
              it.operation().kind(),
              it.operation().consequence(),
              it.deadline());
      case ApprovalDecided it ->
          LOG.info("{} {} by {}: {}", it.decision(), it.approval(), it.by(), it.reason());
      case ApprovalAsked it -> LOG.info("{} asked by {}", it.approval(), it.by().name());
      case ApprovalVoted it ->
          LOG.info(
              "{} approved by {}, of {} people: {}",
              it.approval(),
              it.by().name(),
              it.of(),
              it.reason());
      case ApprovalExtended it ->
          LOG.info("{} extended by {} until {}", it.approval(), it.by().name(), it.deadline());
      case BypassOpened it ->
          LOG.info(
              "{} let pass by {} until {}: {}", it.kind(), it.by().name(), it.until(), it.reason());
      case BypassRevoked it -> LOG.info("{} no longer let pass, by {}", it.kind(), it.by().name());
      case PermitConsumed it ->
          LOG.info("permit of {} consumed by attempt {}", it.approval(), it.attempt());
      case OutcomeRecorded it ->
          LOG.info("{} ended with exit {}", it.approval(), it.outcome().result().exitCode());
      case GateOpened _, PermitRestored _ -> {}
    }
  }
}
