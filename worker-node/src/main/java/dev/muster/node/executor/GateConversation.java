package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Answered;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Granted;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Refused;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Unknown;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.worker.Frozen;
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
  private final UsualAnswers usual;
  private final Operations operations;
  private final int attempt;

  GateConversation(
      Gate gate,
      Runner runner,
      StartedOperations started,
      UsualAnswers usual,
      Operations operations,
      int attempt) {
    this.gate = gate;
    this.runner = runner;
    this.started = started;
    this.usual = usual;
    this.operations = operations;
    this.attempt = attempt;
  }

  /// What the gate's answer comes to, once nothing is unknown any more.
  sealed interface Answer {
    record Go(Permit permit) implements Answer {}

    record Wait(String approval) implements Answer {}

    record No(String reason) implements Answer {}

    /// It happened in an earlier attempt, and ended like this.
    ///
    /// @param frozen the workspace it left; null when nobody kept it
    record Happened(StepResult result, int attempt, @Nullable Frozen frozen) implements Answer {}

    /// It was begun and nobody knows how far it came; the next try begins it anew, with leave of
    /// its own.
    record Lost() implements Answer {}
  }

  /// Tells whether an operation has happened whose outcome is unknown, as its check does.
  @FunctionalInterface
  interface Look {
    StepResult at() throws InterruptedException;
  }

  Answer ask(GatedOperation operation) throws IOException, InterruptedException, SilentException {
    return ask(operation, null);
  }

  /// @param look in place of a check; null for none
  Answer ask(GatedOperation operation, @Nullable Look look)
      throws IOException, InterruptedException, SilentException {
    for (var claims = 0; claims < CLAIMS_MAX; claims++) {
      var claimed = gate.claim(operation.request(), attempt);
      var asked = operation.request();
      usual.heard(gate.run(), asked.kind(), asked.risk(), claimed instanceof Granted);
      var answer =
          claimed instanceof Unknown unknown ? findOut(operation, unknown, look) : plain(claimed);
      if (answer != null) return answer;
    }
    throw new SilentException(
        "the approval gate did not settle the operation after %d claims".formatted(CLAIMS_MAX),
        new IllegalStateException(operation.request().digest()));
  }

  /// Whether operations of its kind need not wait for anybody, as far as it is known here.
  boolean usuallyPasses(Prospect operation) {
    return usual.mayPass(gate.run(), operation.kind(), operation.risk());
  }

  /// The operation has ended with this result.
  ///
  /// @param frozen the workspace it left; null when it is not kept
  void record(Permit permit, StepResult result, @Nullable Frozen frozen)
      throws InterruptedException {
    gate.record(permit.approval(), new OperationOutcome(result, attempt, false, frozen));
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
      case AlreadyRan(_, OperationOutcome(var result, var ranIn, _, var frozen)) ->
          new Answer.Happened(result, ranIn, frozen);
      // Somebody answered as if it were a question: nothing may run on that.
      case Answered(_, var by, _) -> new Answer.No("answered by " + by + ", and never allowed");
      case Unknown _ -> throw new IllegalStateException("an unknown outcome was asked about");
    };
  }

  private Answer go(Permit permit) {
    started.add(permit.approval(), permit.attempt());
    return new Answer.Go(permit);
  }

  /// Null when the operation did not happen and may be claimed again.
  private @Nullable Answer findOut(GatedOperation operation, Unknown unknown, @Nullable Look look)
      throws IOException, InterruptedException, SilentException {
    var approval = unknown.approval();
    if (answerGotLost(unknown)) {
      gate.restore(approval);
      return null;
    }
    if (look != null) return found(operation, unknown, look.at());
    if (operation.repeats()) return new Answer.Lost();
    var check = operation.request().check();
    if (check == null) return askAgain(approval, operation);
    var leave = operations.ofCheck(operation, check, approval);
    if (leave == null) {
      return found(operation, unknown, runner.check(operation, check).result());
    }
    return switch (ask(leave)) {
      case Answer.Go(var permit) -> {
        runner.use(leave, permit);
        var looked = runner.check(operation, check).result();
        record(permit, looked, null);
        yield found(operation, unknown, looked);
      }
      case Answer.Wait wait -> wait;
      case Answer.Happened(var looked, _, _) -> found(operation, unknown, looked);
      case Answer.No _, Answer.Lost _ -> askAgain(approval, operation);
    };
  }

  /// What the check says: exit 0, it happened; 1, it did not; else nothing.
  private @Nullable Answer found(GatedOperation operation, Unknown unknown, StepResult looked)
      throws InterruptedException, SilentException {
    if (looked.note() == null && looked.exitCode() == 0) {
      gate.record(unknown.approval(), new OperationOutcome(looked, unknown.attempt(), true));
      return new Answer.Happened(looked, unknown.attempt(), null);
    }
    if (looked.note() == null && looked.exitCode() == 1) {
      gate.restore(unknown.approval());
      return null;
    }
    return askAgain(unknown.approval(), operation);
  }

  /// The gate had granted it to this very attempt, and we never heard.
  private boolean answerGotLost(Unknown unknown) {
    return unknown.attempt() == attempt
        && unknown.node().equals(gate.claimant())
        && started.neverStarted(unknown.approval(), attempt);
  }

  /// Only a person can tell now. The gate's answer is about a new approval.
  private Answer askAgain(String approval, GatedOperation operation)
      throws InterruptedException, SilentException {
    return plain(gate.askAgain(approval, operation.request()));
  }
}
