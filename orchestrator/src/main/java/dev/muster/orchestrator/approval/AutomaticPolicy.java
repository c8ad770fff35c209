package dev.muster.orchestrator.approval;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.Risk;

/// What the gate answers by itself. Pure, and short enough to be read by whoever has to trust it.
final class AutomaticPolicy {
  private AutomaticPolicy() {}

  static boolean answers(ApprovalPolicy policy, OperationRequest operation, boolean mayHaveRun) {
    if (mayHaveRun) return false; // only a person can know
    return switch (policy) {
      case NONE -> false;
      case LOW -> operation.risk() != Risk.ADMIN && !OperationKinds.alwaysGated(operation.kind());
      case ALL -> true;
    };
  }
}
