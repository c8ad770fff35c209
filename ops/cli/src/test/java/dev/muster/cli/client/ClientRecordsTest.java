package dev.muster.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Where this side has records of its own, what it reads is what the server writes: a field that
/// the contract does not know is never sent, and whatever would be said with it is never said.
class ClientRecordsTest {
  private static final JsonNode CONTRACT = contract();

  private static JsonNode contract() {
    try (var yaml = ClientRecordsTest.class.getResourceAsStream("/openapi.yaml")) {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Run, dev.muster.cli.client.RunView",
  })
  void everyFieldIsInTheContract(String schema, Class<?> record) {
    var unknown = new TreeSet<String>();
    look(record, CONTRACT.at("/components/schemas/" + schema), schema, unknown);
    assertThat(unknown).isEmpty();
  }

  private static void look(Class<?> record, JsonNode schema, String where, Set<String> unknown) {
    for (var component : record.getRecordComponents()) {
      var place = where + "." + component.getName();
      var property = property(schema, component.getName());
      var inner = recordOf(component);
      if (property == null) {
        unknown.add(place);
      } else if (inner != null) {
        look(inner, property, place, unknown);
      }
    }
  }

  /// The record that a component is, or holds a list or a map of.
  private static @Nullable Class<?> recordOf(RecordComponent component) {
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType of) {
      var arguments = of.getActualTypeArguments();
      type = arguments[arguments.length - 1];
    }
    return type instanceof Class<?> it && it.isRecord() ? it : null;
  }

  /// Looks through references, lists, maps and alternatives.
  private static @Nullable JsonNode property(JsonNode schema, String name) {
    var reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) return property(CONTRACT.at(reference.substring(1)), name);
    if (schema.path("properties").has(name)) return schema.path("properties").get(name);
    for (var inner : new String[] {"items", "additionalProperties"}) {
      var found = schema.path(inner).isObject() ? property(schema.path(inner), name) : null;
      if (found != null) return found;
    }
    for (var several : new String[] {"allOf", "anyOf", "oneOf"}) {
      for (var one : schema.path(several)) {
        var found = property(one, name);
        if (found != null) return found;
      }
    }
    return null;
  }
}
