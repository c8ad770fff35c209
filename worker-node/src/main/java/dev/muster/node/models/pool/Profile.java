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
/// @param window tokens that its smallest model takes in, question and answer together
/// @param suits kinds of task it is good enough for; empty when it is chosen by name only
/// @param tools words in a task's classification, such as its tool, by which it is chosen first; in
///   small letters
public record Profile(
    String name,
    List<Target> targets,
    boolean rotates,
    @Nullable Double temperature,
    int tokensMax,
    int window,
    Set<TaskType> suits,
    Set<String> tools) {
  public static final double TEMPERATURE = 0.2;
  public static final int TOKENS_MAX = 4_000;
  public static final int WINDOW = 100_000;

  /// A shorter question could not even hold what an agent is told.
  public static final int QUESTION_MIN = 1_000;

  public Profile {
    if (targets.isEmpty()) throw new IllegalArgumentException(name + " has no target");
    targets = List.copyOf(targets);
    suits = Set.copyOf(suits);
    tools = Set.copyOf(tools);
    if (window - tokensMax < QUESTION_MIN) throw new IllegalArgumentException(name + ": " + window);
  }

  /// Of a usual window, and chosen by no tool.
  public Profile(
      String name,
      List<Target> targets,
      boolean rotates,
      @Nullable Double temperature,
      int tokensMax,
      Set<TaskType> suits) {
    this(name, targets, rotates, temperature, tokensMax, WINDOW, suits, Set.of());
  }

  /// Tokens of the longest question that leaves room for an answer.
  public long questionMax() {
    return (long) window - tokensMax;
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
