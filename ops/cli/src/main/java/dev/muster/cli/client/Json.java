package dev.muster.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.client.ApiException;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.text.Visible;
import java.util.stream.Stream;

/// JSON as verbs read and print it.
public final class Json {
  public static final ObjectMapper MAPPER = dev.muster.client.Json.MAPPER;

  private Json() {}

  /// @throws Refusal when the text is no JSON
  public static JsonNode parse(String text, String where) {
    try {
      return dev.muster.client.Json.parse(text, where);
    } catch (ApiException e) {
      throw Refusals.of(e);
    }
  }

  /// @throws Refusal when the tree has another shape
  public static <T> T as(JsonNode node, Class<T> type) {
    try {
      return dev.muster.client.Json.as(node, type);
    } catch (ApiException e) {
      throw Refusals.of(e);
    }
  }

  /// A list as the API answers one.
  public static ObjectNode items(Stream<? extends JsonNode> items) {
    var list = MAPPER.createObjectNode();
    var array = list.putArray("items");
    items.forEach(array::add);
    return list;
  }

  /// Nothing in it reaches a terminal raw; it means the same.
  public static String line(JsonNode node) {
    return Visible.json(node.toString());
  }

  public static String pretty(JsonNode node) {
    return Visible.json(node.toPrettyString());
  }
}
