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

/// Gemini's generateContent. Its key travels in a header, never in the address.
record GeminiDialect() implements Dialect {
  @Override
  public String path(Tuning tuning, boolean stream) {
    var model = "/v1beta/models/" + tuning.model().replaceAll("[^A-Za-z0-9._-]", "");
    return model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
  }

  @Override
  public Map<String, String> headers(String key) {
    return key.isEmpty() ? Map.of() : Map.of("x-goog-api-key", key);
  }

  @Override
  public ObjectNode body(ModelRequest request, Tuning tuning, boolean stream) {
    var body = object();
    if (!request.system().isEmpty()) {
      body.putObject("systemInstruction")
          .putArray("parts")
          .addObject()
          .put("text", request.system());
    }
    var contents = body.putArray("contents");
    request.messages().forEach(message -> add(contents, message));
    var config = body.putObject("generationConfig").put("maxOutputTokens", tuning.tokensMax());
    if (tuning.temperature() != null) config.put("temperature", tuning.temperature());
    var output = request.output();
    if (output != null) {
      config.put("responseMimeType", "application/json");
      config.set("responseJsonSchema", objectOf(output.schema()));
    } else if (!request.tools().isEmpty()) {
      var functions = body.putArray("tools").addObject().putArray("functionDeclarations");
      for (var tool : request.tools()) {
        functions
            .addObject()
            .put("name", tool.name())
            .put("description", tool.description())
            .set("parametersJsonSchema", objectOf(tool.schema()));
      }
    }
    return body;
  }

  private static void add(ArrayNode contents, Message message) {
    switch (message) {
      case Message.User(var said) -> parts(contents, "user").addObject().put("text", said);
      case Message.Assistant(var said, var calls) -> {
        var parts = parts(contents, "model");
        if (!said.isEmpty()) parts.addObject().put("text", said);
        for (var call : calls) {
          var part = parts.addObject();
          var function = part.putObject("functionCall").put("name", call.name());
          function.set("args", objectOf(call.arguments()));
          if (isTheirs(call.id())) function.put("id", call.id());
          if (call.mark() != null) part.put("thoughtSignature", call.mark());
        }
      }
      case Message.ToolResult(var id, var tool, var said, var failed) -> {
        var function = parts(contents, "user").addObject().putObject("functionResponse");
        if (isTheirs(id)) function.put("id", id);
        function.put("name", tool).putObject("response").put(failed ? "error" : "result", said);
      }
    }
  }

  /// Older models give their calls no ids, and want none back.
  private static boolean isTheirs(String id) {
    return !id.startsWith(Draft.OWN_IDS);
  }

  private static ArrayNode parts(ArrayNode contents, String role) {
    var last = contents.isEmpty() ? object() : contents.get(contents.size() - 1);
    return text(last, "role").equals(role)
        ? (ArrayNode) last.get("parts")
        : contents.addObject().put("role", role).putArray("parts");
  }

  @Override
  public Assembly assembly(ModelRequest request, ModelEvents events) {
    return new DraftAssembly(request, events) {
      @Override
      void read(JsonNode piece) throws BadAnswerException {
        var blocked = text(piece.path("promptFeedback"), "blockReason");
        if (!blocked.isEmpty()) draft.finish = Finish.FILTERED;
        else if (!piece.has("candidates") && !piece.has("usageMetadata")) {
          throw new BadAnswerException(
              "expected `candidates`, found " + Excerpt.of(piece.toString()));
        }
        var candidate = piece.path("candidates").path(0);
        for (var part : candidate.path("content").path("parts")) part(part);
        var reason = text(candidate, "finishReason");
        if (!reason.isEmpty()) draft.finish = finish(reason);
        var usage = piece.path("usageMetadata");
        if (usage.isObject()) {
          draft.usage =
              Usage.of(
                  usage.path("promptTokenCount").asLong(),
                  usage.path("candidatesTokenCount").asLong()
                      + usage.path("thoughtsTokenCount").asLong(),
                  usage.path("cachedContentTokenCount").asLong());
        }
      }

      private void part(JsonNode part) throws BadAnswerException {
        var function = part.path("functionCall");
        if (function.isObject()) {
          var index = draft.nextCall();
          var arguments = function.has("args") ? function.path("args").toString() : "";
          draft.call(index, text(function, "id"), text(function, "name"), arguments);
          draft.mark(index, text(part, "thoughtSignature"));
        } else if (!part.path("thought").asBoolean()) {
          draft.text(text(part, "text"));
        }
      }
    };
  }

  private static Finish finish(String reason) {
    return switch (reason) {
      case "STOP" -> Finish.STOP;
      case "MAX_TOKENS" -> Finish.LENGTH;
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> Finish.FILTERED;
      default -> Finish.OTHER;
    };
  }
}
