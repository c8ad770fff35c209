package dev.muster.node.models.pool;

/// What to say where no model is set up.
public final class Missing {
  public static final String WORDS =
      "no model is set up: name a provider and a profile in the user's muster.conf, such as"
          + " `models.providers.ollama.kind = ollama` and `models.profiles.local { targets ="
          + " [\"ollama/MODEL\"], suits = [mechanical, hybrid, creative] }`";

  private Missing() {}
}
