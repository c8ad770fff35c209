package dev.muster.node.agent;

import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what an agent is told before anything else. The same matter always comes to the same words.
@FunctionalInterface
public interface Briefing {
  Words brief(Matter matter);

  /// Whether the agent is told what others have learned before.
  default boolean learns() {
    return true;
  }

  /// @param text of the instruction file, as it was when it was run
  /// @param inputs deliverables of what it waited for
  /// @param lastFailure why the try before this one failed; null when none did
  record Matter(
      WorkerInstruction instruction,
      String text,
      List<Artifact> inputs,
      @Nullable String lastFailure) {
    public Matter {
      inputs = List.copyOf(inputs);
    }
  }

  /// @param system standing rules
  /// @param user the task
  record Words(String system, String user) {}
}
