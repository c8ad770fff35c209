package dev.muster.protocol.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One persisted unit inside an attempt.
///
/// @param name `block 1`, `test 2`, `check 3`
/// @param exitCode of the process; 124 when it ran out of time, 137 when it was killed
/// @param outputSha256 of everything it printed, both streams in order of arrival
/// @param outputBytes everything it printed, counted; only the first 1 MiB is kept in the log
/// @param note why the step ended as it did when the exit code does not tell; null otherwise
public record StepResult(
    String name,
    int exitCode,
    Duration duration,
    String outputSha256,
    long outputBytes,
    @Nullable String note) {
  public boolean passed() {
    return exitCode == 0 && note == null;
  }
}
