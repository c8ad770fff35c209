package dev.muster.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A refusal by the node (RFC 9457), turned into ours.
final class Problem {
  private Problem() {}

  /// True when the same request may be answered differently in a moment, by this node or another.
  static boolean mayPass(int status, String body) {
    return switch (status) {
      case 502, 503, 504 -> true;
      default -> parse(body).path("retryable").asBoolean(false);
    };
  }

  /// True when the node works, and will have read far enough to answer in a while.
  static boolean isBehind(String body) {
    return parse(body).path("code").asText("").equals("reader-behind");
  }

  private static JsonNode parse(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException _) {
      return Json.MAPPER.createObjectNode();
    }
  }

  static Refusal refusal(int status, String body, String where) {
    var problem = parse(body);
    var code = problem.path("code").asText("");
    return new Refusal(exitCode(status, code), words(status, problem, where), advice(status, code));
  }

  private static String words(int status, JsonNode problem, String where) {
    var detail = problem.path("detail").asText("");
    var title = problem.path("title").asText("");
    var said = detail.isEmpty() ? title : detail;
    List<String> lines = new ArrayList<>();
    lines.add(said.isEmpty() ? where + " answered " + status : said);
    for (var error : problem.path("errors")) {
      lines.add("  " + (error.isTextual() ? error.asText() : fieldError(error)));
    }
    var request = problem.path("requestId").asText("");
    if (status >= 500 && !request.isEmpty()) {
      lines.add("  (status " + status + ", request " + request + ": see errors.log of the node)");
    }
    return Text.block(String.join("\n", lines));
  }

  private static String fieldError(JsonNode error) {
    var field = error.path("field").asText(error.path("pointer").asText(""));
    var message = error.path("message").asText(error.path("detail").asText(error.toString()));
    return field.isEmpty() ? message : field + ": " + message;
  }

  private static int exitCode(int status, String code) {
    var word = code.toLowerCase(Locale.ROOT);
    if (status == 409 && (word.contains("expired") || word.contains("rejected"))) {
      return Exit.UNDECIDED;
    }
    return switch (status) {
      case 400, 413, 415, 422 -> Exit.USAGE;
      case 401, 403 -> Exit.NOT_ALLOWED;
      case 404, 410 -> Exit.NOT_FOUND;
      case 409, 412, 428 -> Exit.CONFLICT;
      case 429, 502, 503, 504 -> Exit.UNREACHABLE;
      default -> Exit.FAILED;
    };
  }

  private static @org.jspecify.annotations.Nullable String advice(int status, String code) {
    if (code.equals("unusable-workforce")) {
      return "muster lint FOLDER says how to mend them; --allow-incomplete carries out the rest";
    }
    if (code.equals("not-permitted")) return "an administrator gives roles: muster users, tokens";
    return switch (status) {
      case 401, 403 ->
          "the operator's token is read from operator.token in the data folder (--data) or from"
              + " MUSTER_TOKEN; run this as the user who started the node";
      case 429, 503 -> "try again in a moment";
      default -> null;
    };
  }
}
