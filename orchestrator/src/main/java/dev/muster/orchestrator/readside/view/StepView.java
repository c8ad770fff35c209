package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.view.Seconds;
import dev.muster.protocol.worker.StepResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One persisted step.
///
/// @param note why it ended as it did when the exit code does not tell
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StepView(
    int attempt,
    String name,
    int exitCode,
    boolean passed,
    double durationSeconds,
    String outputSha256,
    long outputBytes,
    @Nullable String note,
    Instant at) {
  static StepView of(int attempt, StepResult result, Instant at) {
    return new StepView(
        attempt,
        result.name(),
        result.exitCode(),
        result.passed(),
        Seconds.of(result.duration()),
        result.outputSha256(),
        result.outputBytes(),
        result.note(),
        at);
  }
}
