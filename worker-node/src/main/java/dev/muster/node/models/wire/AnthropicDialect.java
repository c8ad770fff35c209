package dev.muster.node.models.wire;

import static dev.muster.node.models.wire.Wire.object;
import static dev.muster.node.models.wire.Wire.objectOf;
import static dev.muster.node.models.wire.Wire.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.Message;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.Tuning;
import java.util.LinkedHashMap;
import java.util.Map;

/// Anthropic's messages. What is sent again and again (tools, system, the conversation so far) is
/// marked to be cached. An object is asked for as the arguments of a tool that must be called,
/// which every model of theirs knows.
record AnthropicDialect() implements Dialect {
  private static final String VERSION = "2023-06-01";

  @Override
  public String path(Tuning tuning, boolean stream) {
    return "/v1/messages";
  }

  @Override
  public Map<String, String> headers(String key) {
    var headers = new LinkedHashMap<>(Map.of("anthropic-version", VERSION));
    if (!key.isEmpty()) headers.put("x-api-key", key);
    return headers;
  }

  @Override
  public ObjectNode body(ModelRequest request, Tuning tuning, boolean stream) {
    var body = object().put("model", tuning.model()).put("max_tokens", tuning.tokensMax());
    if (tuning.temperature() != null) body.put("temperature", tuning.temperature());
    body.put("stream", stream);
    if (!request.system().isEmpty()) {
      var system = body.putArray("system").addObject();
      cached(system.put("type", "text").put("text", request.system()));
    }
    tools(body, request);
    var messages = body.putArray("messages");
    request.messages().forEach(message -> add(messages, message));
    var last = (ArrayNode) messages.get(messages.size() - 1).get("content");
    if (!last.isEmpty()) cached((ObjectNode) last.get(last.size() - 1));
    return body;
  }

  private static void tools(ObjectNode body, ModelRequest request) {
    var output = request.output();
    if (output != null) {
      var tool = body.putArray("tools").addObject().put("name", output.name());
      tool.put("description", "Gives the answer.");
      tool.set("input_schema", objectOf(output.schema()));
      body.putObject("tool_choice").put("type", "tool").put("name", output.name());
      return;
    }
    if (request.tools().isEmpty()) return;
    var tools = body.putArray("tools");
    for (var tool : request.tools()) {
      tools
          .addObject()
          .put("name", tool.name())
          .put("description", tool.description())
          .set("input_schema", objectOf(tool.schema()));
    }
    cached((ObjectNode) tools.get(tools.size() - 1));
  }

  private static void cached(ObjectNode block) {
    block.putObject("cache_control").put("type", "ephemeral");
  }

  /// Roles take turns, so that results of several calls stand in one message.
  private static void add(ArrayNode messages, Message message) {
    switch (message) {
      case Message.User(var said) -> textBlock(content(messages, "user"), said);
      case Message.Assistant(var said, var calls) -> {
        var content = content(messages, "assistant");
        textBlock(content, said);
        for (var call : calls) {
          content
              .addObject()
              .put("type", "tool_use")
              .put("id", call.id())
              .put("name", call.name())
              .set("input", objectOf(call.arguments()));
        }
      }
      case Message.ToolResult(var id, _, var said, var failed) -> {
        var block = content(messages, "user").addObject().put("type", "tool_result");
        block.put("tool_use_id", id).put("content", said);
        if (failed) block.put("is_error", true);
      }
    }
  }

  private static void textBlock(ArrayNode content, String said) {
    // Blank text is refused.
    if (!said.isBlank()) content.addObject().put("type", "text").put("text", said);
  }

  private static ArrayNode content(ArrayNode messages, String role) {
    var last = messages.isEmpty() ? object() : messages.get(messages.size() - 1);
    return text(last, "role").equals(role)
        ? (ArrayNode) last.get("content")
        : messages.addObject().put("role", role).putArray("content");
  }

  @Override
  public Assembly assembly(ModelRequest request, ModelEvents events) {
    return new AnthropicAssembly(request, events);
  }
}
