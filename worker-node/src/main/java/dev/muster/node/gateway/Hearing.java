package dev.muster.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.gateway.Speech.UnfitException;
import dev.muster.node.models.Message;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.OutputSchema;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.ToolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it is put together from whatever protocol.
final class Hearing {
  private static final int DEPTH_MAX = 64;
  static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
              .build());

  private final StringBuilder system = new StringBuilder();
  private final List<Message> messages = new ArrayList<>();
  private final List<ToolSpec> tools = new ArrayList<>();
  private final Map<String, String> toolsById = new HashMap<>();

  static JsonNode object(String body) throws UnfitException {
    try {
      var read = JSON.readTree(body);
      if (read != null && read.isObject()) return read;
    } catch (JsonProcessingException e) {
      throw new UnfitException("expected a JSON object: " + e.getOriginalMessage());
    }
    throw new UnfitException("expected a JSON object as the body");
  }

  void system(String text) {
    if (!system.isEmpty()) system.append("\n\n");
    system.append(text);
  }

  /// Protocols want the sides to take turns.
  void user(String text) {
    if (!messages.isEmpty() && messages.getLast() instanceof Message.User(var before)) {
      messages.set(messages.size() - 1, new Message.User(before + "\n\n" + text));
    } else {
      messages.add(new Message.User(text));
    }
  }

  void assistant(String text, List<ToolCall> calls) {
    for (var call : calls) toolsById.put(call.id(), call.name());
    messages.add(new Message.Assistant(text, calls));
  }

  void result(String callId, String text, boolean failed) throws UnfitException {
    var tool = toolsById.get(callId);
    if (tool == null)
      throw new UnfitException("no call before it has the id `%s`".formatted(callId));
    messages.add(new Message.ToolResult(callId, tool, text, failed));
  }

  void tool(JsonNode name, JsonNode description, JsonNode schema) throws UnfitException {
    try {
      tools.add(
          new ToolSpec(
              name.asText(), description.asText(), schema.isObject() ? schema.toString() : "{}"));
    } catch (IllegalArgumentException e) {
      throw new UnfitException(e.getMessage() + " will not do");
    }
  }

  boolean isSilent() {
    return messages.isEmpty();
  }

  ModelRequest request(@Nullable OutputSchema output) throws UnfitException {
    if (messages.isEmpty()) throw new UnfitException("expected at least one message");
    return new ModelRequest(
        system.toString(), messages, tools, tools.isEmpty() ? output : null, ModelLimits.STANDARD);
  }

  /// A text, or parts that are all texts.
  static String text(JsonNode content) throws UnfitException {
    if (content.isTextual()) return content.textValue();
    if (content.isNull() || content.isMissingNode()) return "";
    var text = new StringBuilder();
    for (var part : content) {
      if (!part.path("text").isTextual()) {
        throw new UnfitException(
            "parts of the type `%s` are not passed on, only text".formatted(type(part)));
      }
      if (!text.isEmpty()) text.append("\n\n");
      text.append(part.path("text").textValue());
    }
    return text.toString();
  }

  static String type(JsonNode part) {
    var type = part.path("type").asText();
    return type.length() <= 40 ? type : type.substring(0, 40) + "…";
  }

  /// What a model wrote is no object where it says that there is something wrong with it.
  static JsonNode arguments(String text) {
    try {
      return object(text);
    } catch (UnfitException _) {
      return JSON.createObjectNode().put("unreadable", text);
    }
  }

  static ObjectNode node() {
    return JSON.createObjectNode();
  }

  static String event(@Nullable String name, String data) {
    return (name == null ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
  }
}
