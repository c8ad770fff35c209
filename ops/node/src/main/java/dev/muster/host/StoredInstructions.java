package dev.muster.host;

import dev.muster.node.executor.InstructionSource;
import dev.muster.orchestrator.journal.storage.InstructionStore;
import dev.muster.protocol.instruction.WorkerInstruction;
import org.jspecify.annotations.Nullable;

/// What was compiled when a run was created, for who carries it out.
record StoredInstructions(InstructionStore store) implements InstructionSource {
  @Override
  public @Nullable WorkerInstruction find(String digest) {
    return store.find(digest);
  }

  @Override
  public @Nullable String text(String digest) {
    return store.text(digest);
  }
}
