package dev.muster.node.sandbox;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs scripts as `bash -eo pipefail SCRIPT`, one process tree each.
///
/// Whatever way a run ends, nothing of its tree is left alive when `run` returns.
public sealed interface Sandbox extends AutoCloseable
    permits NamespaceSandbox, PlainSandbox, WatchedSandbox {
  SandboxKind kind();

  /// Whether a script can reach nothing but what its job names. When false, everything above
  /// read-only must go through the gate.
  default boolean isolates() {
    return kind() != SandboxKind.NONE;
  }

  /// One sentence for people: how scripts are confined here, and what is not.
  String describe();

  /// Runs the job's script and waits for its end, at most for the job's time limit.
  ///
  /// @throws InterruptedException when the calling thread is interrupted and the script was killed
  ///   for it; one that had ended by then is told as it ended, to a thread still interrupted
  /// @throws IOException when the process cannot be started, or not in a sandbox that is complete
  default Ended run(Job job, Capture capture) throws IOException, InterruptedException {
    return run(job, capture, Leave.GIVEN);
  }

  /// The same of a script that begins when it has leave, which its sandbox may be made before.
  Ended run(Job job, Capture capture, Leave leave) throws IOException, InterruptedException;

  /// Gives back what the sandbox holds on the host. Nothing may run any more.
  @Override
  void close();

  /// @param exitCode of the script itself; 124 when it was killed because the time ran out, 137
  ///   when it was killed otherwise
  /// @param duration without what the JVM itself stood still
  /// @param note why, when the exit code does not tell; null otherwise
  record Ended(int exitCode, Duration duration, @Nullable String note) {
    private static final int OUT_OF_TIME = 124;
    private static final String KILLED_AFTER = "killed after ";

    static Ended outOfTime(Duration duration) {
      var note = KILLED_AFTER + "%.1f s: its time was over".formatted(duration.toMillis() / 1000.0);
      return new Ended(OUT_OF_TIME, duration, note);
    }

    /// Scripts may end with the same status of their own.
    boolean ranOutOfTime() {
      return exitCode == OUT_OF_TIME && note != null && note.startsWith(KILLED_AFTER);
    }
  }
}
