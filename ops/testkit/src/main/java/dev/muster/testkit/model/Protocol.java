package dev.muster.testkit.model;

import java.util.ArrayList;
import java.util.List;

/// How each protocol says an answer; written after their documentation, apart from the client.
public enum Protocol {
  OPENAI {
    @Override
    List<String> text(String part) {
      return List.of(
          "{\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}".formatted(Quote.of(part)));
    }

    @Override
    List<String> call(int index, Turn.Tool tool) {
      var head =
          "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":%d,\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}}]}"
              .formatted(index, index, Quote.of(tool.name()));
      var pieces = new ArrayList<>(List.of(head));
      for (var part : Quote.halves(tool.arguments())) {
        pieces.add(
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}}]}"
                .formatted(index, Quote.of(part)));
      }
      return pieces;
    }

    @Override
    List<String> end(boolean calls) {
      return List.of(
          "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}"
              .formatted(calls ? "tool_calls" : "stop"),
          "{\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":4}}}",
          "[DONE]");
    }

    @Override
    String whole(String text, List<Turn.Tool> tools) {
      var calls = new ArrayList<String>();
      for (var tool : tools) {
        calls.add(
            "{\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
                .formatted(calls.size(), Quote.of(tool.name()), Quote.of(tool.arguments())));
      }
      return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s%s},\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":4}}}"
          .formatted(
              text.isEmpty() ? "null" : Quote.of(text),
              calls.isEmpty() ? "" : ",\"tool_calls\":[" + String.join(",", calls) + "]",
              calls.isEmpty() ? "stop" : "tool_calls");
    }
  },
  OLLAMA {
    @Override
    List<String> text(String part) {
      return List.of(
          "{\"message\":{\"role\":\"assistant\",\"content\":%s},\"done\":false}"
              .formatted(Quote.of(part)));
    }

    @Override
    List<String> call(int index, Turn.Tool tool) {
      return List.of(
          "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[%s]},\"done\":false}"
              .formatted(function(tool)));
    }

    @Override
    List<String> end(boolean calls) {
      return List.of(
          "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":7}");
    }

    @Override
    String whole(String text, List<Turn.Tool> tools) {
      return "{\"message\":{\"role\":\"assistant\",\"content\":%s,\"tool_calls\":[%s]},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":7}"
          .formatted(
              Quote.of(text), String.join(",", tools.stream().map(Protocol::function).toList()));
    }
  },
  ANTHROPIC {
    @Override
    List<String> begin() {
      return List.of(
          "{\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":4,\"cache_creation_input_tokens\":2,\"output_tokens\":1}}}",
          "{\"type\":\"ping\"}");
    }

    @Override
    List<String> text(String part) {
      return List.of(
          "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
          "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}"
              .formatted(Quote.of(part)),
          "{\"type\":\"content_block_stop\",\"index\":0}");
    }

    @Override
    List<String> call(int index, Turn.Tool tool) {
      var pieces = new ArrayList<String>();
      pieces.add(
          "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":{\"type\":\"tool_use\",\"id\":\"c%d\",\"name\":%s,\"input\":{}}}"
              .formatted(index, index, Quote.of(tool.name())));
      for (var part : Quote.halves(tool.arguments())) {
        pieces.add(
            "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":%s}}"
                .formatted(index, Quote.of(part)));
      }
      pieces.add("{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index));
      return pieces;
    }

    @Override
    List<String> end(boolean calls) {
      return List.of(
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"},\"usage\":{\"output_tokens\":7}}"
              .formatted(calls ? "tool_use" : "end_turn"),
          "{\"type\":\"message_stop\"}");
    }

    @Override
    String whole(String text, List<Turn.Tool> tools) {
      var blocks = new ArrayList<String>();
      if (!text.isEmpty()) blocks.add("{\"type\":\"text\",\"text\":%s}".formatted(Quote.of(text)));
      for (var tool : tools) {
        blocks.add(
            "{\"type\":\"tool_use\",\"id\":\"c%d\",\"name\":%s,\"input\":%s}"
                .formatted(blocks.size(), Quote.of(tool.name()), Quote.json(tool.arguments())));
      }
      return "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[%s],\"stop_reason\":\"%s\",\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":4,\"cache_creation_input_tokens\":2,\"output_tokens\":7}}"
          .formatted(String.join(",", blocks), tools.isEmpty() ? "end_turn" : "tool_use");
    }
  },
  GEMINI {
    @Override
    List<String> text(String part) {
      return List.of(
          "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":%s}]}}]}"
              .formatted(Quote.of(part)));
    }

    @Override
    List<String> call(int index, Turn.Tool tool) {
      return List.of(
          "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[%s]}}]}"
              .formatted(part(tool)));
    }

    @Override
    List<String> end(boolean calls) {
      return List.of(
          "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":2,\"cachedContentTokenCount\":4}}");
    }

    @Override
    String whole(String text, List<Turn.Tool> tools) {
      var parts = new ArrayList<String>();
      if (!text.isEmpty()) parts.add("{\"text\":%s}".formatted(Quote.of(text)));
      tools.forEach(tool -> parts.add(part(tool)));
      return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[%s]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":2,\"cachedContentTokenCount\":4}}"
          .formatted(String.join(",", parts));
    }

    private static String part(Turn.Tool tool) {
      return "{\"functionCall\":{\"name\":%s,\"args\":%s},\"thoughtSignature\":\"sig\"}"
          .formatted(Quote.of(tool.name()), Quote.json(tool.arguments()));
    }
  };

  abstract List<String> text(String part);

  abstract List<String> call(int index, Turn.Tool tool);

  abstract List<String> end(boolean calls);

  abstract String whole(String text, List<Turn.Tool> tools);

  List<String> begin() {
    return List.of();
  }

  private static String function(Turn.Tool tool) {
    return "{\"function\":{\"name\":%s,\"arguments\":%s}}"
        .formatted(Quote.of(tool.name()), Quote.json(tool.arguments()));
  }

  static Protocol ofPath(String path) {
    if (path.endsWith("/chat/completions")) return OPENAI;
    if (path.endsWith("/api/chat")) return OLLAMA;
    return path.endsWith("/v1/messages") ? ANTHROPIC : GEMINI;
  }

  String streamType() {
    return this == OLLAMA ? "application/x-ndjson" : "text/event-stream";
  }

  /// A piece as it goes on the wire.
  String framed(String piece) {
    return this == OLLAMA ? piece + "\n" : "data: " + piece + "\n\n";
  }

  String error(String type, String message) {
    return switch (this) {
      case OLLAMA -> "{\"error\":%s}".formatted(Quote.of(message));
      case OPENAI, ANTHROPIC, GEMINI ->
          "{\"type\":\"error\",\"error\":{\"type\":%s,\"message\":%s}}"
              .formatted(Quote.of(type), Quote.of(message));
    };
  }
}
