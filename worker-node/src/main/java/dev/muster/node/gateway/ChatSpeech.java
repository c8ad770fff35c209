package dev.muster.node.gateway;

import static dev.muster.node.gateway.Hearing.event;
import static dev.muster.node.gateway.Hearing.node;
import static dev.muster.node.gateway.Hearing.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.OutputSchema;
import dev.muster.node.models.ToolCall;
import dev.muster.protocol.agent.Entry;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Chat completions, as OpenAI has them and most agents speak.
record ChatSpeech() implements Speech {
  @Override
  public ModelRequest request(JsonNode body) throws UnfitException {
    if (body.path("n").asInt(1) != 1) throw new UnfitException("there is one answer: n is 1");
    var heard = new Hearing();
    for (var message : body.path("messages")) add(heard, message);
    for (var tool : body.path("tools")) {
      var function = tool.path("function");
      heard.tool(function.path("name"), function.path("description"), function.path("parameters"));
    }
    return heard.request(output(body.path("response_format").path("json_schema")));
  }

  private static void add(Hearing heard, JsonNode message) throws UnfitException {
    var said = text(message.path("content"));
    switch (message.path("role").asText()) {
      case "system", "developer" -> {
        if (heard.isSilent()) heard.system(said);
        else heard.user(said);
      }
      case "user" -> heard.user(said);
      case "assistant" -> {
        var calls = new ArrayList<ToolCall>();
        for (var call : message.path("tool_calls")) {
          var function = call.path("function");
          calls.add(
              ToolCall.of(
                  call.path("id").asText(),
                  function.path("name").asText(),
                  function.path("arguments").asText()));
        }
        heard.assistant(said, calls);
      }
      case "tool" -> heard.result(message.path("tool_call_id").asText(), said, false);
      default ->
          throw new UnfitException("expected system, developer, user, assistant or tool as role");
    }
  }

  private static @Nullable OutputSchema output(JsonNode schema) throws UnfitException {
    if (!schema.isObject()) return null;
    try {
      return new OutputSchema(schema.path("name").asText(), schema.path("schema").toString());
    } catch (IllegalArgumentException e) {
      throw new UnfitException(e.getMessage() + " will not do");
    }
  }

  @Override
  public ObjectNode whole(Entry.Turn turn, String id) {
    var whole = head(turn, id, "chat.completion");
    var choice = whole.putArray("choices").addObject().put("index", 0);
    message(choice.putObject("message").put("role", "assistant"), turn, false);
    choice.put("finish_reason", finish(turn));
    usage(whole, turn);
    return whole;
  }

  @Override
  public String stream(Entry.Turn turn, String id) {
    var said = head(turn, id, "chat.completion.chunk");
    var choice = said.putArray("choices").addObject().put("index", 0);
    message(choice.putObject("delta").put("role", "assistant"), turn, true);
    choice.putNull("finish_reason");
    var end = head(turn, id, "chat.completion.chunk");
    var last = end.putArray("choices").addObject().put("index", 0);
    last.putObject("delta");
    last.put("finish_reason", finish(turn));
    var counted = head(turn, id, "chat.completion.chunk");
    counted.putArray("choices");
    usage(counted, turn);
    return event(null, said.toString())
        + event(null, end.toString())
        + event(null, counted.toString())
        + event(null, "[DONE]");
  }

  /// @param indexed whether calls say which they are
  private static void message(ObjectNode message, Entry.Turn turn, boolean indexed) {
    message.put("content", turn.text());
    if (turn.calls().isEmpty()) return;
    var calls = message.putArray("tool_calls");
    for (var call : turn.calls()) {
      var entry = calls.addObject();
      if (indexed) entry.put("index", calls.size() - 1);
      entry.put("id", call.id()).put("type", "function");
      entry.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }
  }

  private static ObjectNode head(Entry.Turn turn, String id, String object) {
    return node()
        .put("id", "chatcmpl-" + id)
        .put("object", object)
        .put("created", 0)
        .put("model", turn.model());
  }

  private static String finish(Entry.Turn turn) {
    if (turn.cut()) return "length";
    return turn.calls().isEmpty() ? "stop" : "tool_calls";
  }

  private static void usage(ObjectNode node, Entry.Turn turn) {
    var usage = node.putObject("usage");
    usage.put("prompt_tokens", turn.tokensIn()).put("completion_tokens", turn.tokensOut());
    usage.put("total_tokens", turn.tokensIn() + turn.tokensOut());
    usage.putObject("prompt_tokens_details").put("cached_tokens", turn.tokensCached());
  }

  @Override
  public ObjectNode error(int status, String words) {
    var error = node();
    error
        .putObject("error")
        .put("message", words)
        .put("type", status == 401 ? "authentication_error" : "invalid_request_error")
        .put("code", words.startsWith(Gateway.TOO_LONG) ? "context_length_exceeded" : "muster");
    return error;
  }
}
