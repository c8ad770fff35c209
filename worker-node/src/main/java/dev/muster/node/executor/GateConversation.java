package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Granted;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Unknown;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What is said before and after one operation: claim it, find out about an unknown outcome, and
/// record how it ended.
final class GateConversation {
  private static final int CLAIMS_MAX = 5;

  private final Gate gate;
  private final Runner runner;
  private final StartedOperations started;
  private final int attempt;

  GateConversation(Gate gate, Runner runner, StartedOperations started, int attempt) {
    this.gate = gate;
    this.runner = runner;
    this.started = started;
    this.attempt = attempt;
  }

  /// What the gate's answer comes to, once nothing is unknown any more.
  sealed interface Answer {
    record Go(Permit permit) implements Answer {}

    record Wait(String approval) implements Answer {}

    record No(String reason) implements Answer {}

    /// It happened in an earlier attempt, and ended like this.
    record Happened(StepResult result, int attempt) implements Answer {}
  }

  Answer ask(GatedOperation operation) throws IOException, InterruptedException, SilentException {
    for (var claims = 0; claims < CLAIMS_MAX; claims++) {
      var claimed = gate.claim(operation.request(), attempt);
      var answer =
          claimed instanceof Unknown unknown ? findOut(operation, unknown) : plain(claimed);
      if (answer != null) return answer;
    }
    throw new SilentException(
        "the approval gate did not settle the operation after %d claims".formatted(CLAIMS_MAX),
        new IllegalStateException(operation.request().digest()));
  }

  /// The operation has ended with this result.
  void record(Permit permit, StepResult result) throws InterruptedException {
    gate.record(permit.approval(), new OperationOutcome(result, attempt, false));
  }

  /// Nothing was started: the permit may be claimed once more.
  void giveBack(Permit permit) throws InterruptedException, SilentException {
    gate.restore(permit.approval());
  }

  private Answer plain(Claimed claimed) {
    return switch (claimed) {
      case Granted(var permit) -> go(permit);
      case Pending(var approval) -> new Answer.Wait(approval);
      case Refused(_, var decision, var reason) ->
          new Answer.No(reason.isBlank() ? decision.name() : decision + ": " + reason);
      case AlreadyRan(_, OperationOutcome(var result, var ranIn, _)) ->
          new Answer.Happened(result, ranIn);
      case Unknown _ -> throw new IllegalStateException("an unknown outcome was asked about");
    };
  }

  private Answer go(Permit permit) {
    started.add(permit.approval(), permit.attempt());
    return new Answer.Go(permit);
  }

  /// Null when the operation did not happen and may be claimed again.
  private @Nullable Answer findOut(GatedOperation operation, Unknown unknown)
      throws IOException, InterruptedException, SilentException {
    var approval = unknown.approval();
    if (answerGotLost(unknown)) {
      gate.restore(approval);
      return null;
    }
    var check = operation.request().check();
    if (check == null) return askAgain(approval);
    var looked = runner.check(operation, check).result();
    if (looked.note() == null && looked.exitCode() == 0) {
      gate.record(approval, new OperationOutcome(looked, unknown.attempt(), true));
      return new Answer.Happened(looked, unknown.attempt());
    }
    if (looked.note() == null && looked.exitCode() == 1) {
      gate.restore(approval);
      return null;
    }
    return askAgain(approval);
  }

  /// The gate had granted it to this very attempt, and we never heard.
  private boolean answerGotLost(Unknown unknown) {
    return unknown.attempt() == attempt
        && unknown.node().equals(gate.claimant())
        && started.neverStarted(unknown.approval(), attempt);
  }

  /// Only a person can tell now. The gate's answer is about a new approval.
  private Answer askAgain(String approval) throws InterruptedException, SilentException {
    return plain(gate.askAgain(approval));
  }
}
