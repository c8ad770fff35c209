package dev.muster.node.models.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// JSON as it is on the wire.
final class Wire {
  private static final int DEPTH_MAX = 64;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEPTH_MAX)
                      .maxNumberLength(100)
                      .build())
              .build());

  private Wire() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// A schema or arguments of our own or of an earlier answer; an empty object when it is none.
  static JsonNode objectOf(String text) {
    var read = objectOrNull(text);
    return read == null ? object() : read;
  }

  static @Nullable JsonNode objectOrNull(String text) {
    try {
      var read = MAPPER.readTree(text);
      return read != null && read.isObject() ? read : null;
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  static JsonNode parse(String text) throws BadAnswerException {
    try {
      var read = MAPPER.readTree(text);
      if (read != null && read.isObject()) return read;
    } catch (JsonProcessingException _) {
      // what it is instead is said below
    }
    throw new BadAnswerException("expected a JSON object, found " + Excerpt.of(text));
  }

  /// Empty where there is no text.
  static String text(JsonNode node, String field) {
    var value = node.path(field);
    return value.isTextual() ? value.textValue() : "";
  }
}
