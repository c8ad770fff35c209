package dev.muster.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What a node says when it refuses something (RFC 9457).
///
/// @param code its stable name; empty where something else than a node has answered
/// @param retryable the same request may be answered differently in a moment
/// @param errors what is wrong with which field, one sentence each
/// @param requestId under which the node's log has it
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    boolean retryable,
    List<String> errors,
    String requestId) {
  public Problem {
    errors = List.copyOf(errors);
  }

  static Problem of(int status, String body) {
    var said = parse(body);
    var errors = new ArrayList<String>();
    said.path("errors")
        .forEach(error -> errors.add(error.isTextual() ? error.asText() : ofField(error)));
    return new Problem(
        status,
        said.path("code").asText(""),
        said.path("title").asText(""),
        said.path("detail").asText(""),
        said.path("retryable").asBoolean(false),
        errors,
        said.path("requestId").asText(""));
  }

  /// True when the same request may be answered differently in a moment, by this node or another.
  boolean mayPass() {
    return switch (status) {
      case 502, 503, 504 -> true;
      default -> retryable;
    };
  }

  /// True when the node works, and will have read far enough to answer in a while.
  boolean isBehind() {
    return code.equals("reader-behind");
  }

  /// True when the node still does what was asked: the same key has its answer later.
  boolean isUnderWay() {
    return code.equals("still-working");
  }

  String words(String where) {
    var said = detail.isEmpty() ? title : detail;
    var lines = new ArrayList<String>();
    lines.add(said.isEmpty() ? where + " answered " + status : said);
    errors.stream().filter(error -> !said.contains(error)).forEach(it -> lines.add("  " + it));
    if (status >= 500 && !requestId.isEmpty()) {
      lines.add("  (status " + status + ", request " + requestId + ": see errors.log of the node)");
    }
    return String.join("\n", lines);
  }

  private static String ofField(JsonNode error) {
    var field = error.path("field").asText(error.path("pointer").asText(""));
    var message = error.path("message").asText(error.path("detail").asText(error.toString()));
    return field.isEmpty() ? message : field + ": " + message;
  }

  private static JsonNode parse(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException _) {
      return Json.MAPPER.createObjectNode();
    }
  }
}
