package dev.muster.node.gateway;

import static dev.muster.node.gateway.Hearing.arguments;
import static dev.muster.node.gateway.Hearing.event;
import static dev.muster.node.gateway.Hearing.node;
import static dev.muster.node.gateway.Hearing.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ToolCall;
import dev.muster.protocol.agent.Entry;
import java.util.ArrayList;
import java.util.List;

/// Messages, as Anthropic has them.
record MessagesSpeech() implements Speech {
  @Override
  public ModelRequest request(JsonNode body) throws UnfitException {
    var heard = new Hearing();
    var system = text(body.path("system"));
    if (!system.isEmpty()) heard.system(system);
    for (var message : body.path("messages")) {
      var content = message.path("content");
      switch (message.path("role").asText()) {
        case "user" -> user(heard, content);
        case "assistant" -> assistant(heard, content);
        case "system" -> heard.user(text(content));
        default -> throw new UnfitException("expected user or assistant as role");
      }
    }
    for (var tool : body.path("tools")) {
      if (!tool.path("input_schema").isObject()) {
        throw new UnfitException(
            "a tool of the type `%s` is carried out by its provider, and not passed on"
                .formatted(Hearing.type(tool)));
      }
      heard.tool(tool.path("name"), tool.path("description"), tool.path("input_schema"));
    }
    return heard.request(null);
  }

  private static void user(Hearing heard, JsonNode content) throws UnfitException {
    if (!content.isArray()) {
      heard.user(text(content));
      return;
    }
    for (var block : content) {
      if (block.path("type").asText().equals("tool_result")) {
        heard.result(
            block.path("tool_use_id").asText(),
            text(block.path("content")),
            block.path("is_error").asBoolean());
      } else {
        heard.user(text(node().arrayNode().add(block)));
      }
    }
  }

  /// What it thought before it spoke was for itself.
  private static void assistant(Hearing heard, JsonNode content) throws UnfitException {
    var said = new StringBuilder();
    var calls = new ArrayList<ToolCall>();
    if (!content.isArray()) said.append(text(content));
    else {
      for (var block : content) {
        switch (block.path("type").asText()) {
          case "text" -> said.append(block.path("text").asText());
          case "tool_use" ->
              calls.add(
                  ToolCall.of(
                      block.path("id").asText(),
                      block.path("name").asText(),
                      block.path("input").toString()));
          case "thinking", "redacted_thinking" -> {}
          default ->
              throw new UnfitException(
                  "blocks of the type `%s` are not passed on".formatted(Hearing.type(block)));
        }
      }
    }
    heard.assistant(said.toString(), calls);
  }

  @Override
  public ObjectNode whole(Entry.Turn turn, String id) {
    var whole = head(turn, id);
    var content = whole.putArray("content");
    blocks(turn).forEach(content::add);
    whole.put("stop_reason", stop(turn)).putNull("stop_sequence");
    whole.set("usage", usage(turn));
    return whole;
  }

  @Override
  public String stream(Entry.Turn turn, String id) {
    var events = new StringBuilder();
    var start = head(turn, id);
    start.putArray("content");
    start.putNull("stop_reason").putNull("stop_sequence");
    start.set("usage", usage(turn).put("output_tokens", 0));
    add(events, node().put("type", "message_start").set("message", start));
    var index = 0;
    for (var block : blocks(turn)) add(events, index++, block);
    var delta = node().put("type", "message_delta");
    delta.putObject("delta").put("stop_reason", stop(turn)).putNull("stop_sequence");
    delta.putObject("usage").put("output_tokens", turn.tokensOut());
    add(events, delta);
    add(events, node().put("type", "message_stop"));
    return events.toString();
  }

  private static void add(StringBuilder events, int index, ObjectNode block) {
    var empty = block.deepCopy();
    var delta = node();
    if (block.has("text")) {
      empty.put("text", "");
      delta.put("type", "text_delta").set("text", block.path("text"));
    } else {
      empty.putObject("input");
      delta.put("type", "input_json_delta").put("partial_json", block.path("input").toString());
    }
    var start = node().put("type", "content_block_start").put("index", index);
    add(events, start.set("content_block", empty));
    var said = node().put("type", "content_block_delta").put("index", index);
    add(events, said.set("delta", delta));
    add(events, node().put("type", "content_block_stop").put("index", index));
  }

  private static void add(StringBuilder events, JsonNode event) {
    events.append(event(event.path("type").asText(), event.toString()));
  }

  private static List<ObjectNode> blocks(Entry.Turn turn) {
    var blocks = new ArrayList<ObjectNode>();
    if (!turn.text().isEmpty() || turn.calls().isEmpty()) {
      blocks.add(node().put("type", "text").put("text", turn.text()));
    }
    for (var call : turn.calls()) {
      var block = node().put("type", "tool_use").put("id", call.id()).put("name", call.name());
      block.set("input", arguments(call.arguments()));
      blocks.add(block);
    }
    return blocks;
  }

  private static ObjectNode head(Entry.Turn turn, String id) {
    return node()
        .put("id", "msg_" + id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", turn.model());
  }

  private static String stop(Entry.Turn turn) {
    if (turn.cut()) return "max_tokens";
    return turn.calls().isEmpty() ? "end_turn" : "tool_use";
  }

  private static ObjectNode usage(Entry.Turn turn) {
    return node()
        .put("input_tokens", turn.tokensIn() - turn.tokensCached())
        .put("cache_read_input_tokens", turn.tokensCached())
        .put("output_tokens", turn.tokensOut());
  }

  @Override
  public ObjectNode error(int status, String words) {
    var type =
        switch (status) {
          case 401 -> "authentication_error";
          case 404 -> "not_found_error";
          case 413 -> "request_too_large";
          default -> "invalid_request_error";
        };
    var error = node().put("type", "error");
    error.putObject("error").put("type", type).put("message", words);
    return error;
  }
}
