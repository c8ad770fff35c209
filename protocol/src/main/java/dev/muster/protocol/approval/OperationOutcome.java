package dev.muster.protocol.approval;

import dev.muster.protocol.worker.Frozen;
import dev.muster.protocol.worker.StepResult;
import org.jspecify.annotations.Nullable;

/// How a permitted operation ended.
///
/// @param checked found out by the operation's `check` after a crash, not seen by its own runner
/// @param frozen the workspace as the operation left it, for attempts that do not repeat it; null
///   when nobody kept it
public record OperationOutcome(
    StepResult result, int attempt, boolean checked, @Nullable Frozen frozen) {
  public OperationOutcome(StepResult result, int attempt, boolean checked) {
    this(result, attempt, checked, null);
  }
}
