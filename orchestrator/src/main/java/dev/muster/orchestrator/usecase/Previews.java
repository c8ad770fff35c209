package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.ApprovalPreview;
import dev.muster.protocol.view.ApprovalPreview.Overlap;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/// What the node that asks has foreseen, taken out of the artifact store, and who may write where
/// its worker may.
///
/// @param shared what several workers of one wave may write, of runs by their ids
public record Previews(Artifacts artifacts, Function<String, List<Conflict>> shared) {
  private static final int OVERLAPS_MAX = 20;
  private static final int WORKERS_MAX = 20;
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
      return withOverlaps(approval, EventCodec.decode(bytes, Preview.class));
    } catch (IOException | UncheckedIOException e) {
      throw gone(approval, String.valueOf(e.getMessage()));
    }
  }

  /// Whoever decides is to see what is known, and what is not.
  private ApprovalPreview withOverlaps(Approval approval, Preview seen) {
    try {
      return ApprovalPreview.of(approval, seen, overlaps(approval));
    } catch (RuntimeException e) {
      var note =
          "who else may write where its worker may is not known: the run's plan cannot be read ("
              + e.getMessage()
              + ")";
      return ApprovalPreview.of(approval, seen.noting(note), List.of());
    }
  }

  private List<Overlap> overlaps(Approval approval) {
    var run = approval.run();
    if (run == null) return List.of();
    return shared.apply(run).stream()
        .filter(it -> it.workers().contains(approval.worker()))
        .limit(OVERLAPS_MAX)
        .map(it ->
            new Overlap(
                it.path(), it.workers().stream().limit(WORKERS_MAX).toList(), it.workers().size()))
        .toList();
  }

  private static Refusal gone(Approval approval, String why) {
    return Refusal.unknown(
        "no-preview", "what was foreseen of %s cannot be read: %s".formatted(approval.id(), why));
  }
}
