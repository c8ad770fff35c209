package dev.muster.node.models.pool;

import dev.muster.node.models.Tuning;
import dev.muster.protocol.instruction.TaskType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A kind of model, by the name that instructions and roles call it.
///
/// @param targets who can be it, in the order of preference
/// @param rotates whether they take turns instead
/// @param temperature null for the provider's own
/// @param tokensMax of one answer
/// @param suits kinds of task it is good enough for; empty when it is chosen by name only
public record Profile(
    String name,
    List<Target> targets,
    boolean rotates,
    @Nullable Double temperature,
    int tokensMax,
    Set<TaskType> suits) {
  public static final double TEMPERATURE = 0.2;
  public static final int TOKENS_MAX = 4_000;

  public Profile {
    if (targets.isEmpty()) throw new IllegalArgumentException(name + " has no target");
    targets = List.copyOf(targets);
    suits = Set.copyOf(suits);
  }

  /// A model of a provider.
  public record Target(String provider, String model) {
    @Override
    public String toString() {
      return provider + "/" + model;
    }
  }

  Tuning tuning(Target target) {
    return new Tuning(target.model(), temperature, tokensMax);
  }
}
