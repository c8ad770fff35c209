package dev.muster.orchestrator.view;

import dev.muster.protocol.instruction.WorkerInstruction;
import org.jspecify.annotations.Nullable;

/// Where instruction texts are kept, once each, found by the SHA-256 of the file's bytes.
public interface InstructionStore {
  /// Durable when it returns. Storing the same instruction twice is harmless.
  void put(String digest, String text, WorkerInstruction compiled);

  @Nullable String text(String digest);

  @Nullable WorkerInstruction compiled(String digest);
}
