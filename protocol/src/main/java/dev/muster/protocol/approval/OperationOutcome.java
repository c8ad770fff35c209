package dev.muster.protocol.approval;

import dev.muster.protocol.worker.StepResult;

/// How a permitted operation ended.
///
/// @param checked found out by the operation's `check` after a crash, not seen by its own runner
public record OperationOutcome(StepResult result, int attempt, boolean checked) {}
