package dev.muster.protocol.approval;

import dev.muster.protocol.instruction.Labels;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation as the gate sees it.
///
/// @param worker who asks: a worker id, `wave 3` for a wave gate, or the name an outside caller
///   gave
/// @param ordinal of the block inside its instruction
/// @param digest over kind, script, targets, network and the content of everything it can read, so
///   that it is the same in every attempt that goes on from what was frozen
/// @param epoch of the worker; an operator's retry may ask anew for an operation that failed
/// @param consequence one sentence: what will happen
/// @param script the exact text
/// @param labels of the worker, by which it is found; no part of the digest
/// @param workingFolder where it would run
/// @param bound what its digest covers; null for what runs nothing here, and in old journals
/// @param why in the worker's own words, a line; nothing follows from it. Null when it does not
///   say, and in old journals
public record OperationRequest(
    String worker,
    int ordinal,
    String digest,
    int epoch,
    String kind,
    Risk risk,
    String consequence,
    String script,
    List<String> writes,
    boolean network,
    String workingFolder,
    @Nullable String check,
    List<String> labels,
    @Nullable Binding bound,
    @Nullable String why) {
  public OperationRequest {
    writes = List.copyOf(writes);
    labels = Labels.sorted(labels);
    why = why == null ? null : Operation.reason(why);
  }

  /// Asked by whoever is found without labels.
  public OperationRequest(
      String worker,
      int ordinal,
      String digest,
      int epoch,
      String kind,
      Risk risk,
      String consequence,
      String script,
      List<String> writes,
      boolean network,
      String workingFolder,
      @Nullable String check) {
    this(
        worker,
        ordinal,
        digest,
        epoch,
        kind,
        risk,
        consequence,
        script,
        writes,
        network,
        workingFolder,
        check,
        List.of(),
        null,
        null);
  }

  public OperationRequest because(@Nullable String reason) {
    return new OperationRequest(
        worker,
        ordinal,
        digest,
        epoch,
        kind,
        risk,
        consequence,
        script,
        writes,
        network,
        workingFolder,
        check,
        labels,
        bound,
        reason);
  }

  /// What names this operation whatever its content; null when nothing does.
  public @Nullable String identity() {
    return bound == null ? null : bound.identity();
  }
}
