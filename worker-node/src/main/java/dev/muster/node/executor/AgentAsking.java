package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Enquiries;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import java.util.List;

/// Asks people what nothing is run for. The gate keeps question and answer, so that whoever goes on
/// elsewhere hears the same; no slot is held meanwhile.
record AgentAsking(AttemptSetting setting, Gate gate) {
  private static final int LINE_CHARS_MAX = 300;

  /// What came of asking.
  sealed interface Heard {
    record Said(String by, String text) implements Heard {}

    record No(Decision decision, String reason) implements Heard {}

    /// Nobody has said anything yet.
    record Wait(NeedsDecision it) implements Heard {}
  }

  /// @param ordinal of the call's intent
  Heard question(int ordinal, String text) throws InterruptedException, SilentException {
    return ask(ordinal, Enquiries.QUESTION, Risk.READ_ONLY, "asks: " + line(text), text);
  }

  /// @param ordinal of the step that cannot be taken
  /// @param limit that was reached, in words with figures
  Heard more(int ordinal, String limit) throws InterruptedException, SilentException {
    var words = "may not go on: %s. A yes lets it use as much again.".formatted(limit);
    return ask(ordinal, Enquiries.BUDGET, Risk.ADMIN, words, limit);
  }

  private Heard ask(int ordinal, String kind, Risk risk, String words, String text)
      throws InterruptedException, SilentException {
    var assignment = setting.request().assignment();
    var operation =
        new OperationRequest(
            assignment.worker(),
            ordinal,
            Sha256.of(kind + "\n" + text),
            setting.request().epoch(),
            kind,
            risk,
            assignment.worker() + " " + words,
            text,
            List.of(),
            false,
            "",
            null,
            assignment.labels(),
            null,
            null);
    var claimed = gate.claim(operation, setting.request().attempt());
    return switch (claimed) {
      case Claimed.Answered(_, var by, var said) -> new Heard.Said(by, said);
      case Claimed.Refused(_, var decision, var reason) -> new Heard.No(decision, reason);
      case Claimed.Pending(var approval) ->
          new Heard.Wait(new NeedsDecision(ordinal, approval, kind, operation.digest(), null));
      case Claimed.Granted _, Claimed.AlreadyRan _, Claimed.Unknown _ ->
          throw new IllegalStateException("nothing runs for a question, yet: " + claimed);
    };
  }

  private static String line(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LINE_CHARS_MAX ? line : line.substring(0, LINE_CHARS_MAX) + "…";
  }
}
