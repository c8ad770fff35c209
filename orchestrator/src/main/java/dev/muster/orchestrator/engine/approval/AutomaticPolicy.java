package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import java.util.Set;

/// What the gate answers by itself. Pure, and short enough to be read by whoever has to trust it.
final class AutomaticPolicy {
  /// All that `low` stands for. A kind that is not here is a person's to allow, and so is whatever
  /// an executor has found to be ADMIN: without a sandbox, or outside of the target.
  private static final Set<String> LOW =
      Set.of("read", "network_read", "file_write", "network", "publish");

  private AutomaticPolicy() {}

  static boolean answers(ApprovalPolicy policy, OperationRequest operation, boolean mayHaveRun) {
    if (mayHaveRun || Enquiries.isOne(operation.kind())) return false; // only a person can know
    return switch (policy) {
      case NONE -> false;
      case LOW -> operation.risk() != Risk.ADMIN && LOW.contains(operation.kind());
      case ALL -> true;
    };
  }
}
