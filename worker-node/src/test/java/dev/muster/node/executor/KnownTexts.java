package dev.muster.node.executor;

import dev.muster.protocol.instruction.WorkerInstruction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Instructions and texts that a test has put there, by their digests.
record KnownTexts(Map<String, WorkerInstruction> known, Map<String, String> texts)
    implements InstructionSource {
  @Override
  public @Nullable WorkerInstruction find(String digest) {
    return known.get(digest);
  }

  @Override
  public @Nullable String text(String digest) {
    return texts.get(digest);
  }
}
