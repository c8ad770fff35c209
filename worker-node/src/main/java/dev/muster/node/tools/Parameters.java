package dev.muster.node.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a tool is called with: one list that says it to the model, as a JSON Schema, and checks
/// what the model then writes.
record Parameters(List<Parameter> all) {
  private static final int ITEMS_MAX = 100;
  private static final int ITEM_CHARS_MAX = 4_096;

  /// @param max characters of a text, or of each item; the largest of a number
  /// @param choices empty when any text will do
  record Parameter(
      String name,
      Type type,
      String description,
      long min,
      long max,
      boolean needed,
      List<String> choices) {
    Parameter optional() {
      return new Parameter(name, type, description, min, max, false, choices);
    }
  }

  /// Of a value.
  enum Type {
    TEXT("string"),
    WHOLE("integer"),
    YES_OR_NO("boolean"),
    TEXTS("array"),
    /// Texts by name.
    PAIRS("object");

    private final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /// What the model wrote will not do, as a sentence for it.
  static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }

  static Parameters of(Parameter... all) {
    return new Parameters(List.of(all));
  }

  static Parameter text(String name, String description, int charsMax) {
    return new Parameter(name, Type.TEXT, description, 0, charsMax, true, List.of());
  }

  static Parameter choice(String name, String description, String... choices) {
    return new Parameter(name, Type.TEXT, description, 0, ITEM_CHARS_MAX, false, List.of(choices));
  }

  static Parameter whole(String name, String description, long min, long max) {
    return new Parameter(name, Type.WHOLE, description, min, max, false, List.of());
  }

  static Parameter yesOrNo(String name, String description) {
    return new Parameter(name, Type.YES_OR_NO, description, 0, 1, false, List.of());
  }

  static Parameter texts(String name, String description) {
    return new Parameter(name, Type.TEXTS, description, 0, ITEM_CHARS_MAX, false, List.of());
  }

  static Parameter pairs(String name, String description) {
    return new Parameter(name, Type.PAIRS, description, 0, ITEM_CHARS_MAX, false, List.of());
  }

  /// As a JSON Schema.
  String schema() {
    return tree().toString();
  }

  ObjectNode tree() {
    var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    var properties = schema.putObject("properties");
    for (var each : all) describe(each, properties.putObject(each.name()));
    var needed = schema.putArray("required");
    all.stream().filter(Parameter::needed).forEach(each -> needed.add(each.name()));
    return schema.put("additionalProperties", false);
  }

  private static void describe(Parameter each, ObjectNode to) {
    to.put("type", each.type().word).put("description", each.description());
    switch (each.type()) {
      case TEXT -> {
        if (each.choices().isEmpty()) to.put("maxLength", each.max());
        else each.choices().forEach(to.putArray("enum")::add);
      }
      case WHOLE -> to.put("minimum", each.min()).put("maximum", each.max());
      case YES_OR_NO -> {}
      case TEXTS -> to.put("maxItems", ITEMS_MAX).putObject("items").put("type", "string");
      case PAIRS -> to.putObject("additionalProperties").put("type", "string");
    }
  }

  Arguments read(JsonNode given) throws UnfitException {
    if (!given.isObject()) throw new UnfitException("expected a JSON object with " + names());
    var problems = new ArrayList<String>();
    for (var name : (Iterable<String>) given::fieldNames) {
      if (all.stream().noneMatch(each -> each.name().equals(name))) {
        problems.add("there is no argument `" + shortened(name) + "`");
      }
      if (problems.size() > all.size()) break;
    }
    for (var each : all) {
      var value = given.get(each.name());
      var problem =
          value == null || value.isNull()
              ? (each.needed() ? "is missing" : null)
              : problem(each, value);
      if (problem != null) problems.add("`" + each.name() + "` " + problem);
    }
    if (problems.isEmpty()) return new Arguments(given);
    throw new UnfitException("%s; expected %s".formatted(String.join(", ", problems), names()));
  }

  private String names() {
    return all.stream()
        .map(each -> each.name() + (each.needed() ? "" : " (optional)"))
        .collect(Collectors.joining(", "));
  }

  private static @Nullable String problem(Parameter each, JsonNode value) {
    return switch (each.type()) {
      case TEXT -> text(each, value);
      case WHOLE ->
          value.isIntegralNumber()
                  && value.canConvertToLong()
                  && value.asLong() >= each.min()
                  && value.asLong() <= each.max()
              ? null
              : "must be a whole number from %d to %d".formatted(each.min(), each.max());
      case YES_OR_NO -> value.isBoolean() ? null : "must be true or false";
      case TEXTS -> value.isArray() && fits(each, value) ? null : "must be a list" + ofTexts(each);
      case PAIRS ->
          value.isObject() && fits(each, value) ? null : "must be an object" + ofTexts(each);
    };
  }

  private static @Nullable String text(Parameter each, JsonNode value) {
    if (!value.isTextual()) return "must be a text";
    if (!each.choices().isEmpty() && !each.choices().contains(value.asText())) {
      return "must be one of " + String.join(", ", each.choices());
    }
    var length = value.asText().length();
    return length <= each.max()
        ? null
        : "has %d characters, more than the %d it may".formatted(length, each.max());
  }

  private static boolean fits(Parameter each, JsonNode values) {
    if (values.size() > ITEMS_MAX) return false;
    for (var value : values) {
      if (!value.isTextual() || value.asText().length() > each.max()) return false;
    }
    return true;
  }

  private static String ofTexts(Parameter each) {
    return " of at most %d texts of at most %d characters".formatted(ITEMS_MAX, each.max());
  }

  static String shortened(String text) {
    return shortened(text, 60);
  }

  static String shortened(String text, int charsMax) {
    return text.length() <= charsMax ? text : text.substring(0, charsMax) + "…";
  }
}
