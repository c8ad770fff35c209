package dev.muster.orchestrator.api.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a request's JSON object and gathers everything that is wrong with them, so
/// that a caller learns all of it at once. Call [#check] after the last field.
public final class Body {
  private static final int ITEMS_MAX = 10_000;

  private final ObjectNode json;
  private final Set<String> known = new HashSet<>();
  private final List<Problem.FieldError> errors = new ArrayList<>();

  Body(ObjectNode json) {
    this.json = json;
  }

  public String required(String name, int charsMax) {
    var value = text(name, charsMax);
    if (value != null && !value.isBlank()) return value;
    if (errors.stream().noneMatch(error -> error.field().equals(name))) {
      error(name, "expected a text, found none");
    }
    return "";
  }

  public @Nullable String text(String name, int charsMax) {
    var value = field(name);
    if (value == null) return null;
    if (!value.isTextual()) {
      error(name, "expected a text, found " + kind(value));
      return null;
    }
    return checked(name, value.asText(), charsMax);
  }

  private @Nullable String checked(String name, String text, int charsMax) {
    if (text.length() > charsMax) {
      error(name, "expected at most %d characters, found %d".formatted(charsMax, text.length()));
    } else if (text.indexOf('\0') >= 0) {
      error(name, "expected a text without NUL characters");
    } else {
      return text;
    }
    return null;
  }

  public List<String> texts(String name, int charsMax) {
    var value = field(name);
    if (value == null) return List.of();
    var texts = new ArrayList<String>();
    if (value instanceof ArrayNode array && array.size() <= ITEMS_MAX) {
      for (var item : array) {
        var text = item.isTextual() ? checked(name, item.asText(), charsMax) : null;
        if (!item.isTextual()) error(name, "expected texts only, found " + kind(item));
        if (text != null) texts.add(text);
      }
    } else {
      error(
          name,
          "expected an array of at most %d texts, found %s".formatted(ITEMS_MAX, kind(value)));
    }
    return texts;
  }

  /// What callers once said of themselves. It is no error, and nobody believes it.
  public void claimed(String name) {
    text(name, 100);
  }

  public boolean flag(String name) {
    var value = field(name);
    if (value == null) return false;
    if (!value.isBoolean()) error(name, "expected true or false, found " + kind(value));
    return value.asBoolean();
  }

  public int number(String name, int otherwise, int min, int max) {
    var value = field(name);
    if (value == null) return otherwise;
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      var number = value.asInt();
      if (number >= min && number <= max) return number;
    }
    error(
        name, "expected a whole number from %d to %d, found %s".formatted(min, max, shown(value)));
    return otherwise;
  }

  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    var text = text(name, 50);
    if (text == null) return null;
    for (var constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) return constant;
    }
    var words =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    error(name, "expected one of " + words + ", found \"" + text + "\"");
    return null;
  }

  public void error(String name, String message) {
    var error = new Problem.FieldError(name, message);
    if (!errors.contains(error)) errors.add(error); // a field may be asked for twice
  }

  /// Refuses the request when anything was wrong; a field nobody asked for is wrong, too, since it
  /// may be a misspelt limit.
  public void check() {
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            error(
                name, "not a field of this request; known are " + known.stream().sorted().toList());
          }
        });
    if (errors.isEmpty()) return;
    var first = errors.getFirst();
    throw Problem.of(400, "invalid-request", first.field() + ": " + first.message())
        .withErrors(errors)
        .exception();
  }

  private @Nullable JsonNode field(String name) {
    known.add(name);
    var value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static String kind(JsonNode value) {
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static String shown(JsonNode value) {
    return value.isNumber() ? value.asText() : kind(value);
  }
}
