package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes instructions of what a worker wants sub-workers to do, and stores them. Blocks.
@FunctionalInterface
public interface Sowing {
  /// @param id of the sub-worker
  record Wanted(String id, SubTask task) {}

  /// @param refusal why there is none, as a sentence; null when there are all
  record Sown(@Nullable String refusal, List<Planned> planned) {
    public Sown {
      planned = List.copyOf(planned);
    }

    public static Sown refused(String why) {
      return new Sown(why, List.of());
    }
  }

  /// All or none. The same wants always come to the same instructions.
  ///
  /// @param agents digest of what the agents of the run work by; null for nothing
  Sown sow(Planned parent, @Nullable String agents, List<Wanted> wanted);
}
