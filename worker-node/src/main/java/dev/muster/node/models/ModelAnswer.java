package dev.muster.node.models;

import java.util.List;
import java.util.function.UnaryOperator;

/// What a model answered, whole.
///
/// @param text empty when it only calls tools
/// @param calls all of them, in order
public record ModelAnswer(String text, List<ToolCall> calls, Usage usage, Finish finish) {
  public ModelAnswer {
    calls = List.copyOf(calls);
  }

  /// The same, each of its texts as this makes it.
  public ModelAnswer mapped(UnaryOperator<String> text) {
    return new ModelAnswer(
        text.apply(this.text), calls.stream().map(it -> it.mapped(text)).toList(), usage, finish);
  }

  /// Why it stopped.
  public enum Finish {
    STOP,
    TOOL_CALLS,
    /// It had more to say than it was allowed.
    LENGTH,
    /// The provider held something back.
    FILTERED,
    OTHER
  }
}
