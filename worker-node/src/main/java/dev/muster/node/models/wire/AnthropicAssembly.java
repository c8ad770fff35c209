package dev.muster.node.models.wire;

import static dev.muster.node.models.wire.Wire.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ModelAnswer.Finish;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.Usage;

/// A whole message, or the events that it grows by.
final class AnthropicAssembly extends DraftAssembly {
  private long input;
  private long cached;
  private long output;
  private boolean stopped;

  AnthropicAssembly(ModelRequest request, ModelEvents events) {
    super(request, events);
  }

  @Override
  void read(JsonNode piece) throws BadAnswerException {
    switch (text(piece, "type")) {
      case "message" -> {
        var index = 0;
        for (var block : piece.path("content")) block(index++, block);
        count(piece.path("usage"));
        finish(text(piece, "stop_reason"));
        stopped = true;
      }
      case "message_start" -> count(piece.path("message").path("usage"));
      case "content_block_start" -> block(index(piece), piece.path("content_block"));
      case "content_block_delta" -> delta(index(piece), piece.path("delta"));
      case "message_delta" -> {
        count(piece.path("usage"));
        finish(text(piece.path("delta"), "stop_reason"));
      }
      case "message_stop" -> stopped = true;
      case "content_block_stop", "ping" -> {}
      case "" ->
          throw new BadAnswerException("expected a `type`, found " + Excerpt.of(piece.toString()));
      default -> {} // events of later versions are to be passed over
    }
  }

  private static int index(JsonNode piece) {
    return piece.path("index").asInt();
  }

  private void block(int index, JsonNode block) throws BadAnswerException {
    switch (text(block, "type")) {
      case "text" -> draft.text(text(block, "text"));
      case "tool_use" -> {
        var given = block.path("input");
        // In a stream it is empty here, and its text follows.
        var follows = given.isMissingNode() || (given.isObject() && given.isEmpty());
        var arguments = follows ? "" : given.toString();
        draft.call(index, text(block, "id"), text(block, "name"), arguments);
      }
      default -> {} // thinking is not ours
    }
  }

  private void delta(int index, JsonNode delta) throws BadAnswerException {
    switch (text(delta, "type")) {
      case "text_delta" -> draft.text(text(delta, "text"));
      case "input_json_delta" -> draft.call(index, "", "", text(delta, "partial_json"));
      default -> {}
    }
  }

  /// Its input leaves out what was cached.
  private void count(JsonNode usage) {
    if (!usage.isObject()) return;
    if (usage.has("input_tokens")) {
      cached = usage.path("cache_read_input_tokens").asLong();
      input =
          usage.path("input_tokens").asLong()
              + cached
              + usage.path("cache_creation_input_tokens").asLong();
    }
    output = usage.path("output_tokens").asLong(output);
    draft.usage = Usage.of(input, output, cached);
  }

  private void finish(String reason) {
    draft.finish =
        switch (reason) {
          case "" -> draft.finish;
          case "end_turn", "stop_sequence" -> Finish.STOP;
          case "tool_use" -> Finish.TOOL_CALLS;
          case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
          case "refusal" -> Finish.FILTERED;
          default -> Finish.OTHER;
        };
  }

  @Override
  public boolean whole() {
    return stopped;
  }
}
