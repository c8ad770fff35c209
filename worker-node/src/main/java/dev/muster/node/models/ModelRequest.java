package dev.muster.node.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked, whoever carries it out.
///
/// @param system the standing instructions; empty for none
/// @param tools with `output` they are not offered
/// @param output null when any text will do
public record ModelRequest(
    String system,
    List<Message> messages,
    List<ToolSpec> tools,
    @Nullable OutputSchema output,
    ModelLimits limits) {
  /// Characters of English or code that make up about one token.
  private static final int TOKEN_CHARS = 3;

  public ModelRequest {
    if (messages.isEmpty()) throw new IllegalArgumentException("a request without a message");
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  public static ModelRequest of(String text) {
    return new ModelRequest(
        "", List.of(new Message.User(text)), List.of(), null, ModelLimits.STANDARD);
  }

  public ModelRequest with(ModelLimits other) {
    return new ModelRequest(system, messages, tools, output, other);
  }

  public ModelRequest withTools(List<ToolSpec> other) {
    return new ModelRequest(system, messages, other, output, limits);
  }

  public ModelRequest withOutput(OutputSchema other) {
    return new ModelRequest(system, messages, tools, other, limits);
  }

  /// How many tokens reading it takes, about, and rather more than fewer: limits are kept by it
  /// until the provider says what it counted.
  public long tokensAbout() {
    long chars = system.length();
    for (var tool : tools) chars += tool.description().length() + tool.schema().length() + 20L;
    for (var message : messages) {
      chars +=
          switch (message) {
            case Message.User user -> user.text().length();
            case Message.Assistant said -> said.text().length() + callChars(said.calls());
            case Message.ToolResult result -> result.text().length();
          };
    }
    return chars / TOKEN_CHARS + 8L * messages.size();
  }

  private static long callChars(List<ToolCall> calls) {
    return calls.stream().mapToLong(it -> it.name().length() + it.arguments().length()).sum();
  }
}
