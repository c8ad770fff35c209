package dev.muster.node.models.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.Tuning;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one protocol says what the port says. Pure.
interface Dialect {
  static Dialect of(ProviderKind kind, boolean official) {
    return switch (kind) {
      case OPENAI -> new OpenAiDialect(official);
      case OLLAMA -> new OllamaDialect();
      case ANTHROPIC -> new AnthropicDialect();
      case GEMINI -> new GeminiDialect();
    };
  }

  /// Below the provider's URL.
  String path(Tuning tuning, boolean stream);

  /// @param key empty for none
  Map<String, String> headers(String key);

  ObjectNode body(ModelRequest request, Tuning tuning, boolean stream);

  Assembly assembly(ModelRequest request, ModelEvents events);

  /// An answer that comes in pieces, or whole as a single one.
  interface Assembly {
    /// @throws BadAnswerException when the piece is none of the protocol
    void take(JsonNode piece) throws BadAnswerException;

    /// The error that the provider reported in the middle of its answer; null for none.
    @Nullable JsonNode error();

    /// Whether its end has been seen: without it, it was cut off.
    boolean whole();

    ModelAnswer answer() throws BadAnswerException;
  }
}
