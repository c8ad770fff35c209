package dev.muster.node.models;

/// The answer is to be one JSON object of this shape.
///
/// @param schema a JSON Schema, as text
public record OutputSchema(String name, String schema) {
  public OutputSchema {
    if (!name.matches("[a-zA-Z_][a-zA-Z0-9_-]{0,63}")) {
      throw new IllegalArgumentException("output name: " + name);
    }
  }
}
