package dev.muster.node.sandbox;

import java.util.Map;

/// Values that a permit gives a script, by the names of its variables. Never shown.
///
/// @param values by name
public record Secrets(Map<String, String> values) {
  public static final Secrets NONE = new Secrets(Map.of());

  public Secrets {
    values = Map.copyOf(values);
  }

  @Override
  public String toString() {
    return "Secrets" + values.keySet();
  }
}
