package dev.muster.cli.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.muster.cli.client.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a node answers, and how it reads what it is asked.
record Reply(int status, String type, String body) {
  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body.toString());
  }

  static Reply problem(int status, String code, String detail) {
    var problem = Json.MAPPER.createObjectNode().put("title", code).put("status", status);
    problem.put("code", code).put("detail", detail);
    return new Reply(status, "application/problem+json", problem.toString());
  }

  static ObjectNode items(List<ObjectNode> all) {
    var page = Json.MAPPER.createObjectNode();
    var array = page.putArray("items");
    all.forEach(array::add);
    page.putNull("next");
    return page;
  }

  static Map<String, String> query(HttpExchange exchange) {
    var found = new LinkedHashMap<String, String>();
    var raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (var pair : raw.split("&", -1)) {
        var at = pair.indexOf('=');
        found.put(
            pair.substring(0, at),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return found;
  }
}
