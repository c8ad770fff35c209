package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.view.ConversationStep.ToolUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exactly what a model was asked for one turn.
///
/// @param digest by which a cassette knows it
/// @param tools names of those it was offered
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ModelQuestion(
    String digest, String system, List<String> tools, List<Message> messages) {
  public ModelQuestion {
    tools = List.copyOf(tools);
    messages = List.copyOf(messages);
  }

  /// All of it in lines, each part under its name.
  public String text() {
    var text = new StringBuilder("=== system\n").append(system).append('\n');
    for (var message : messages) {
      text.append("=== ").append(message.words()).append('\n').append(message.text()).append('\n');
      for (var call : message.calls()) {
        text.append("→ ").append(call.tool()).append(' ').append(call.arguments()).append('\n');
      }
    }
    return text.append("=== tools\n").append(String.join("\n", tools)).append('\n').toString();
  }

  /// @param role user, assistant or tool
  /// @param tool whose result it is; null for what is none
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Message(
      String role, @Nullable String tool, boolean failed, String text, List<ToolUse> calls) {
    public Message {
      calls = List.copyOf(calls);
    }

    /// Who says it.
    public String words() {
      return role + (tool == null ? "" : " " + tool + (failed ? " (failed)" : ""));
    }
  }
}
