package dev.muster.node.models;

import org.jspecify.annotations.Nullable;

/// How a model is to answer.
///
/// @param model as its provider names it
/// @param temperature null for the provider's own: some models refuse any other
/// @param tokensMax of the answer
public record Tuning(String model, @Nullable Double temperature, int tokensMax) {
  public Tuning {
    if (model.isBlank()) throw new IllegalArgumentException("model is blank");
    if (tokensMax < 1) throw new IllegalArgumentException("tokensMax: " + tokensMax);
  }
}
