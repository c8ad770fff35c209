package dev.muster.node.gateway;

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

/// Responses, OpenAI's newer protocol, as far as an agent needs it that sends all that was said
/// with each question. Tools that its provider would carry out are not offered to anybody.
record ResponsesSpeech() implements Speech {
  @Override
  public ModelRequest request(JsonNode body) throws UnfitException {
    if (body.hasNonNull("previous_response_id")) {
      throw new UnfitException(
          "nothing is kept from one question to the next: send all input, without"
              + " previous_response_id");
    }
    var heard = new Hearing();
    var instructions = text(body.path("instructions"));
    if (!instructions.isEmpty()) heard.system(instructions);
    var input = body.path("input");
    if (input.isTextual()) heard.user(input.textValue());
    else new Items(heard).hear(input);
    for (var tool : body.path("tools")) {
      if (!tool.path("type").asText().equals("function")) continue;
      heard.tool(tool.path("name"), tool.path("description"), tool.path("parameters"));
    }
    return heard.request(null);
  }

  /// What was said comes in items; what an assistant said and called at once is one message.
  private static final class Items {
    private final Hearing heard;
    private final List<ToolCall> calls = new ArrayList<>();
    private String said = "";

    Items(Hearing heard) {
      this.heard = heard;
    }

    void hear(JsonNode items) throws UnfitException {
      for (var item : items) {
        switch (item.path("type").asText("message")) {
          case "message" -> message(item);
          case "function_call" ->
              calls.add(
                  ToolCall.of(
                      item.path("call_id").asText(),
                      item.path("name").asText(),
                      item.path("arguments").asText()));
          case "function_call_output" -> {
            end();
            heard.result(item.path("call_id").asText(), text(item.path("output")), false);
          }
          // What it thought before it spoke was for itself.
          case "reasoning" -> {}
          default ->
              throw new UnfitException(
                  "items of the type `%s` are not passed on".formatted(Hearing.type(item)));
        }
      }
      end();
    }

    private void message(JsonNode item) throws UnfitException {
      var content = text(item.path("content"));
      switch (item.path("role").asText()) {
        case "assistant" -> {
          end();
          said = content;
        }
        case "user" -> {
          end();
          heard.user(content);
        }
        case "system", "developer" -> {
          end();
          if (heard.isSilent()) heard.system(content);
          else heard.user(content);
        }
        default ->
            throw new UnfitException("expected system, developer, user or assistant as role");
      }
    }

    private void end() {
      if (!said.isEmpty() || !calls.isEmpty()) heard.assistant(said, List.copyOf(calls));
      said = "";
      calls.clear();
    }
  }

  @Override
  public ObjectNode whole(Entry.Turn turn, String id) {
    var whole = head(turn, id, turn.cut() ? "incomplete" : "completed");
    var output = whole.putArray("output");
    items(turn, id).forEach(output::add);
    if (turn.cut()) whole.putObject("incomplete_details").put("reason", "max_output_tokens");
    var usage = whole.putObject("usage");
    usage.put("input_tokens", turn.tokensIn()).put("output_tokens", turn.tokensOut());
    usage.put("total_tokens", turn.tokensIn() + turn.tokensOut());
    usage.putObject("input_tokens_details").put("cached_tokens", turn.tokensCached());
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    return whole;
  }

  @Override
  public String stream(Entry.Turn turn, String id) {
    var events = new Events();
    var begun = head(turn, id, "in_progress");
    begun.putArray("output");
    events.add("response.created", node().set("response", begun));
    var index = 0;
    for (var item : items(turn, id)) events.item(index++, item);
    events.add(
        turn.cut() ? "response.incomplete" : "response.completed",
        node().set("response", whole(turn, id)));
    return events.all.toString();
  }

  private static final class Events {
    private final StringBuilder all = new StringBuilder();
    private int number;

    void add(String type, ObjectNode data) {
      all.append(event(type, data.put("type", type).put("sequence_number", number++).toString()));
    }

    void item(int index, ObjectNode item) {
      var isText = item.has("content");
      var empty = item.deepCopy().put("status", "in_progress");
      if (isText) empty.putArray("content");
      else empty.put("arguments", "");
      add("response.output_item.added", at(index).set("item", empty));
      var id = item.path("id").asText();
      if (isText) {
        var part = (ObjectNode) item.path("content").path(0);
        var text = part.path("text").asText();
        var none = part.deepCopy().put("text", "");
        add("response.content_part.added", in(index, id).set("part", none));
        add("response.output_text.delta", in(index, id).put("delta", text));
        add("response.output_text.done", in(index, id).put("text", text));
        add("response.content_part.done", in(index, id).set("part", part));
      } else {
        var arguments = item.path("arguments").asText();
        add(
            "response.function_call_arguments.delta",
            at(index).put("item_id", id).put("delta", arguments));
        add(
            "response.function_call_arguments.done",
            at(index).put("item_id", id).put("arguments", arguments));
      }
      add("response.output_item.done", at(index).set("item", item));
    }

    private static ObjectNode at(int index) {
      return node().put("output_index", index);
    }

    private static ObjectNode in(int index, String item) {
      return at(index).put("item_id", item).put("content_index", 0);
    }
  }

  private static List<ObjectNode> items(Entry.Turn turn, String id) {
    var items = new ArrayList<ObjectNode>();
    if (!turn.text().isEmpty() || turn.calls().isEmpty()) {
      var item = item("message", "msg_" + id, turn).put("role", "assistant");
      var part = item.putArray("content").addObject();
      part.put("type", "output_text").put("text", turn.text()).putArray("annotations");
      items.add(item);
    }
    for (var call : turn.calls()) {
      items.add(
          item("function_call", "fc_%s_%d".formatted(id, items.size()), turn)
              .put("call_id", call.id())
              .put("name", call.name())
              .put("arguments", call.arguments()));
    }
    return items;
  }

  private static ObjectNode item(String type, String id, Entry.Turn turn) {
    return node()
        .put("type", type)
        .put("id", id)
        .put("status", turn.cut() ? "incomplete" : "completed");
  }

  private static ObjectNode head(Entry.Turn turn, String id, String status) {
    return node()
        .put("id", "resp_" + id)
        .put("object", "response")
        .put("created_at", 0)
        .put("status", status)
        .put("model", turn.model());
  }

  @Override
  public ObjectNode error(int status, String words) {
    return new ChatSpeech().error(status, words);
  }
}
