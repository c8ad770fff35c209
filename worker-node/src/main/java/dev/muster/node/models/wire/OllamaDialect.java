package dev.muster.node.models.wire;

import static dev.muster.node.models.wire.Wire.object;
import static dev.muster.node.models.wire.Wire.objectOf;
import static dev.muster.node.models.wire.Wire.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.Message;
import dev.muster.node.models.ModelAnswer.Finish;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.Tuning;
import dev.muster.node.models.Usage;
import java.util.Map;

/// Ollama's own protocol: a stream is one JSON object a line.
record OllamaDialect() implements Dialect {
  @Override
  public String path(Tuning tuning, boolean stream) {
    return "/api/chat";
  }

  /// Ollama itself has no keys; proxies in front of it do.
  @Override
  public Map<String, String> headers(String key) {
    return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public ObjectNode body(ModelRequest request, Tuning tuning, boolean stream) {
    var body = object().put("model", tuning.model()).put("stream", stream);
    var options = body.putObject("options").put("num_predict", tuning.tokensMax());
    if (tuning.temperature() != null) options.put("temperature", tuning.temperature());
    var messages = body.putArray("messages");
    if (!request.system().isEmpty()) {
      messages.addObject().put("role", "system").put("content", request.system());
    }
    request.messages().forEach(message -> add(messages, message));
    var output = request.output();
    if (output != null) {
      body.set("format", objectOf(output.schema()));
    } else if (!request.tools().isEmpty()) {
      var tools = body.putArray("tools");
      for (var tool : request.tools()) {
        var function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.name()).put("description", tool.description());
        function.set("parameters", objectOf(tool.schema()));
      }
    }
    return body;
  }

  private static void add(ArrayNode messages, Message message) {
    switch (message) {
      case Message.User(var said) -> messages.addObject().put("role", "user").put("content", said);
      case Message.Assistant(var said, var calls) -> {
        var node = messages.addObject().put("role", "assistant").put("content", said);
        if (calls.isEmpty()) return;
        var array = node.putArray("tool_calls");
        for (var call : calls) {
          var function = array.addObject().putObject("function").put("name", call.name());
          function.set("arguments", objectOf(call.arguments()));
        }
      }
      case Message.ToolResult(_, var tool, var said, _) ->
          messages.addObject().put("role", "tool").put("tool_name", tool).put("content", said);
    }
  }

  @Override
  public Assembly assembly(ModelRequest request, ModelEvents events) {
    return new DraftAssembly(request, events) {
      @Override
      void read(JsonNode piece) throws BadAnswerException {
        if (!piece.has("message") && !piece.has("done")) {
          throw new BadAnswerException("expected `message`, found " + Excerpt.of(piece.toString()));
        }
        var said = piece.path("message");
        draft.text(text(said, "content"));
        for (var call : said.path("tool_calls")) {
          var function = call.path("function");
          var arguments = function.path("arguments");
          draft.call(
              draft.nextCall(),
              text(call, "id"),
              text(function, "name"),
              arguments.isTextual() ? arguments.textValue() : arguments.toString());
        }
        if (!piece.path("done").asBoolean()) return;
        draft.finish = text(piece, "done_reason").equals("length") ? Finish.LENGTH : Finish.STOP;
        if (piece.has("prompt_eval_count") || piece.has("eval_count")) {
          draft.usage =
              Usage.of(
                  piece.path("prompt_eval_count").asLong(), piece.path("eval_count").asLong(), 0);
        }
      }
    };
  }
}
