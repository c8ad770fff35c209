package dev.muster.orchestrator.engine.membership;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a node last learned from the registry.
///
/// @param drained how long ago an operator drained this node; null when it takes work
public record Standing(boolean databaseAnswers, @Nullable Duration drained) {
  public static final Standing UNKNOWN = new Standing(true, null);
}
