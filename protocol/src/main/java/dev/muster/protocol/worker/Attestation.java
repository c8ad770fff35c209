package dev.muster.protocol.worker;

import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.Seal;
import dev.muster.protocol.proof.Seals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The word of the node that ran the tests, for a receipt and whose it is.
public record Attestation(String run, String worker, int attempt, Instant at, Seal seal) {
  private static final String PURPOSE = "receipt";

  /// What is sealed.
  public record Said(String run, String worker, int attempt, Instant at, Receipt receipt) {}

  /// The receipt with this node's word for it.
  public static Receipt attest(
      Seals seals, String run, String worker, int attempt, Receipt receipt, Instant at) {
    var said = new Said(run, worker, attempt, at, receipt.with(null));
    return receipt.with(new Attestation(run, worker, attempt, at, seals.seal(PURPOSE, said)));
  }

  private Said said(Receipt receipt) {
    return new Said(run, worker, attempt, at, receipt.with(null));
  }

  /// Whether nothing of the receipt has changed since the key of the seal signed it. Whose key that
  /// is was looked at when the receipt was journalled.
  public boolean fits(Receipt receipt) {
    return seal.fits(PURPOSE, said(receipt));
  }

  /// Why a receipt is not of this attempt on that node, in words; null when it is.
  public static @Nullable String refusal(
      Seals seals, String run, String worker, int attempt, String node, Receipt receipt) {
    var it = receipt.attested();
    if (it == null) return "no node vouches for its receipt";
    if (!it.run().equals(run) || !it.worker().equals(worker) || it.attempt() != attempt) {
      return "its receipt is of attempt %d of %s/%s".formatted(it.attempt(), it.run(), it.worker());
    }
    if (!it.seal().node().equals(node)) {
      return "it runs on %s, and its receipt is of %s".formatted(node, it.seal().node());
    }
    return seals.refusal(PURPOSE, it.said(receipt), it.seal(), Office.NODE);
  }
}
