package dev.muster.node.tools;

import org.jspecify.annotations.Nullable;

/// What the model is told of a call.
///
/// @param text at most `TEXT_MAX` characters; who makes it says where it was cut
/// @param violation what the policy refused while it was carried out; null mostly
public record ToolOutcome(String text, boolean failed, @Nullable Violation violation) {
  public static final int TEXT_MAX = 32_000;

  public ToolOutcome(String text, boolean failed) {
    this(text, failed, null);
  }

  public static ToolOutcome of(String text) {
    return new ToolOutcome(text, false);
  }

  public static ToolOutcome failure(String text) {
    return new ToolOutcome(text, true);
  }

  public static ToolOutcome refused(Violation violation) {
    return new ToolOutcome(violation.sentence(), true, violation);
  }
}
