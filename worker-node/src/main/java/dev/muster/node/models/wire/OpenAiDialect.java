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

/// Chat completions, as many servers speak it. Prefixes are cached without being marked.
///
/// @param official OpenAI's own service, whose newer models know the limit by its newer name only
record OpenAiDialect(boolean official) implements Dialect {
  @Override
  public String path(Tuning tuning, boolean stream) {
    return "/chat/completions";
  }

  @Override
  public Map<String, String> headers(String key) {
    return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public ObjectNode body(ModelRequest request, Tuning tuning, boolean stream) {
    var body = object().put("model", tuning.model());
    if (tuning.temperature() != null) body.put("temperature", tuning.temperature());
    body.put(official ? "max_completion_tokens" : "max_tokens", tuning.tokensMax());
    var messages = body.putArray("messages");
    if (!request.system().isEmpty()) {
      messages.addObject().put("role", "system").put("content", request.system());
    }
    request.messages().forEach(message -> add(messages, message));
    var output = request.output();
    if (output != null) {
      var schema = body.putObject("response_format").put("type", "json_schema");
      schema
          .putObject("json_schema")
          .put("name", output.name())
          .set("schema", objectOf(output.schema()));
    } else if (!request.tools().isEmpty()) {
      var tools = body.putArray("tools");
      for (var tool : request.tools()) {
        var function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.name()).put("description", tool.description());
        function.set("parameters", objectOf(tool.schema()));
      }
    }
    body.put("stream", stream);
    if (stream) body.putObject("stream_options").put("include_usage", true);
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
          var entry = array.addObject().put("id", call.id()).put("type", "function");
          entry
              .putObject("function")
              .put("name", call.name())
              .put("arguments", objectOf(call.arguments()).toString());
        }
      }
      case Message.ToolResult(var id, _, var said, _) ->
          messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", said);
    }
  }

  @Override
  public Assembly assembly(ModelRequest request, ModelEvents events) {
    return new DraftAssembly(request, events) {
      @Override
      void read(JsonNode piece) throws BadAnswerException {
        if (!piece.path("choices").isArray()) {
          throw new BadAnswerException("expected `choices`, found " + Excerpt.of(piece.toString()));
        }
        var choice = piece.path("choices").path(0);
        var said = choice.path(choice.has("message") ? "message" : "delta");
        draft.text(text(said, "content"));
        // Several calls of a whole answer have no index.
        var position = 0;
        for (var call : said.path("tool_calls")) {
          var function = call.path("function");
          var index = call.path("index").asInt(position++);
          draft.call(index, text(call, "id"), text(function, "name"), arguments(function));
        }
        var reason = text(choice, "finish_reason");
        if (!reason.isEmpty()) draft.finish = finish(reason);
        var usage = piece.path("usage");
        if (usage.isObject()) {
          draft.usage =
              Usage.of(
                  usage.path("prompt_tokens").asLong(),
                  usage.path("completion_tokens").asLong(),
                  usage.path("prompt_tokens_details").path("cached_tokens").asLong());
        }
      }
    };
  }

  /// Some servers write the object itself.
  private static String arguments(JsonNode function) {
    var given = function.path("arguments");
    return given.isObject() ? given.toString() : text(function, "arguments");
  }

  private static Finish finish(String reason) {
    return switch (reason) {
      case "stop" -> Finish.STOP;
      case "tool_calls", "function_call" -> Finish.TOOL_CALLS;
      case "length" -> Finish.LENGTH;
      case "content_filter" -> Finish.FILTERED;
      default -> Finish.OTHER;
    };
  }
}
