package dev.muster.protocol.run;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of asking for sub-workers, as it stands now.
///
/// @param refusal why there are none, as a sentence; null when there are
public record Spawned(@Nullable String refusal, List<Sub> subs) implements CborSerializable {
  public Spawned {
    subs = List.copyOf(subs);
  }

  public static Spawned refused(String why) {
    return new Spawned(why, List.of());
  }

  /// @param detail why it ended so; null when there is nothing to say
  /// @param weak its verdict rests on a test that cannot fail
  /// @param artifacts what it has delivered
  public record Sub(
      String id,
      String title,
      WorkerPhase phase,
      @Nullable String detail,
      boolean weak,
      List<Artifact> artifacts) {
    public Sub {
      artifacts = List.copyOf(artifacts);
    }
  }

  /// Those who are still at it.
  public List<String> awaited() {
    return subs.stream().filter(it -> !it.phase().settled()).map(Sub::id).toList();
  }
}
