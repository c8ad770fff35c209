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
  /// @throws InterruptedException when the calling thread is interrupted; the tree is killed first
  /// @throws IOException when the process cannot be started, or not in a sandbox that is complete
  Ended run(Job job, Capture capture) throws IOException, InterruptedException;

  /// Gives back what the sandbox holds on the host. Nothing may run any more.
  @Override
  void close();

  /// @param exitCode 124 when the time ran out, 137 when the process was killed
  /// @param note why, when the exit code does not tell; null otherwise
  record Ended(int exitCode, Duration duration, @Nullable String note) {}
}
