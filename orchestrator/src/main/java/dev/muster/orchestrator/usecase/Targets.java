package dev.muster.orchestrator.usecase;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the target of a new run gets to the nodes.
@FunctionalInterface
public interface Targets {
  /// Every node finds it at its path.
  Targets SHARED = (_, _) -> null;

  /// The digest under which nodes fetch it; null when they need not. Throws `Refusal`.
  ///
  /// @param target without symbolic links
  /// @param hidden what lies inside it and is not theirs to see
  @Nullable String hand(Path target, List<Path> hidden);
}
