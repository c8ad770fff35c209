package dev.muster.node.models;

/// A tool that a model may call.
///
/// @param schema of its arguments: a JSON Schema of an object, as text
public record ToolSpec(String name, String description, String schema) {
  public ToolSpec {
    if (!name.matches("[a-zA-Z_][a-zA-Z0-9_-]{0,63}")) {
      throw new IllegalArgumentException("tool name: " + name);
    }
  }
}
