package dev.muster.orchestrator.usecase;

import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.ApprovalPreview;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What the node that asks has foreseen, taken out of the artifact store.
public record Previews(Artifacts artifacts) {
  private static final int BYTES_MAX = 4 << 20;

  /// @throws Refusal when there is none, or it cannot be read
  public ApprovalPreview of(Approval approval) {
    var bound = approval.bound();
    var sha256 = bound == null ? null : bound.preview();
    if (sha256 == null) {
      throw Refusal.unknown(
          "no-preview",
          "nothing was foreseen of %s: only what a worker would run is looked at"
              .formatted(approval.id()));
    }
    try {
      var bytes = artifacts.read(sha256, 0, BYTES_MAX);
      if (!Sha256.of(bytes).equals(sha256)) throw gone(approval, "it is not what was kept");
      return ApprovalPreview.of(approval, EventCodec.decode(bytes, Preview.class));
    } catch (IOException | UncheckedIOException e) {
      throw gone(approval, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal gone(Approval approval, String why) {
    return Refusal.unknown(
        "no-preview", "what was foreseen of %s cannot be read: %s".formatted(approval.id(), why));
  }
}
