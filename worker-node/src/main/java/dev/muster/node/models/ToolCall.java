package dev.muster.node.models;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the model wants done.
///
/// @param id unique in its conversation
/// @param arguments as the model wrote them: a JSON object, unless `problem` says otherwise
/// @param problem why it cannot be carried out, as a sentence for the model: there is no such tool,
///   or the arguments are no JSON object; null when it can
/// @param mark of the protocol, to be sent back as it came; null when there is none
public record ToolCall(
    String id, String name, String arguments, @Nullable String problem, @Nullable String mark) {
  public static ToolCall of(String id, String name, String arguments) {
    return new ToolCall(id, name, arguments, null, null);
  }

  ToolCall mapped(UnaryOperator<String> text) {
    return new ToolCall(
        text.apply(id),
        text.apply(name),
        text.apply(arguments),
        problem == null ? null : text.apply(problem),
        mark == null ? null : text.apply(mark));
  }
}
