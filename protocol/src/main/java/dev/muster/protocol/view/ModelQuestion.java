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

  /// @param role user, assistant or tool
  /// @param tool whose result it is; null for what is none
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Message(
      String role, @Nullable String tool, boolean failed, String text, List<ToolUse> calls) {
    public Message {
      calls = List.copyOf(calls);
    }
  }
}
