package dev.muster.cli.client;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.text.Visible;
import java.util.List;
import java.util.stream.Stream;

/// JSON as it comes and goes. Fields this side does not know are kept in the raw tree and otherwise
/// ignored, so that an older client reads a newer node.
public final class Json {
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A node of another version may say less.
          .withConfigOverride(
              List.class, it -> it.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .build();

  private Json() {}

  /// @throws Refusal when the text is no JSON
  public static JsonNode parse(String text, String where) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          Exit.UNREACHABLE,
          where + ": expected JSON, found something else: " + e.getOriginalMessage(),
          "check that a Muster node answers there: `muster doctor`",
          e);
    }
  }

  /// @throws Refusal when the tree has another shape
  public static <T> T as(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          Exit.UNREACHABLE,
          "the node's answer is no " + type.getSimpleName() + ": " + e.getOriginalMessage(),
          "check that the node is of this version: `muster version`",
          e);
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
