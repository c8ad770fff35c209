package dev.muster.node.tools;

/// What the model is told of a call.
///
/// @param text at most `TEXT_MAX` characters; who makes it says where it was cut
public record ToolOutcome(String text, boolean failed) {
  public static final int TEXT_MAX = 32_000;

  public static ToolOutcome of(String text) {
    return new ToolOutcome(text, false);
  }

  public static ToolOutcome failure(String text) {
    return new ToolOutcome(text, true);
  }
}
