package dev.muster.node.worker;

import dev.muster.node.worker.WorkerState.Busy;
import dev.muster.protocol.proof.Seals;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerCommand.Report;
import org.jspecify.annotations.Nullable;

/// Believes that tests were run when the node that carries out the attempt vouches for it.
///
/// @param refused is told of every other receipt
public record Witness(Seals seals, Refusals refused) {
  /// Who hears of what was refused.
  @FunctionalInterface
  public interface Refusals {
    /// @param who is said to have said it
    void of(String who, String what, String why);
  }

  boolean believes(Busy busy, Report report) {
    var receipt = receipt(report.report());
    if (receipt == null) return true;
    var life = busy.life();
    var no =
        Attestation.refusal(
            seals,
            life.assignment().run(),
            life.assignment().worker(),
            life.attempt(),
            busy.node(),
            receipt);
    if (no == null) return true;
    var said = receipt.attested();
    var who = said == null ? "a node" : said.seal().node();
    refused.of(who, life.assignment().run() + "/" + life.assignment().worker(), no);
    return false;
  }

  private static @Nullable Receipt receipt(AttemptReport report) {
    return switch (report) {
      case AttemptReport.Succeeded(var receipt) -> receipt;
      case AttemptReport.Unsuccessful it -> it.receipt();
      case AttemptReport.StepDone _,
          AttemptReport.Stepped _,
          AttemptReport.Parked _,
          AttemptReport.Awaiting _,
          AttemptReport.Validating _,
          AttemptReport.ValidatingAfter _,
          AttemptReport.NeedsDecision _,
          AttemptReport.Interrupted _ ->
          null;
    };
  }
}
