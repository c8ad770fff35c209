package dev.muster.node.executor;

import dev.muster.protocol.instruction.WorkerInstruction;
import org.jspecify.annotations.Nullable;

/// Where compiled instructions are found. Called from a thread that may block.
public interface InstructionSource {
  /// The instruction stored under this digest; null when there is none. A failure to look it up
  /// throws, and the attempt is then reported as interrupted.
  @Nullable WorkerInstruction find(String digest);

  /// The file as it was when it was run; null when there is none. Fails like `find`.
  @Nullable String text(String digest);
}
