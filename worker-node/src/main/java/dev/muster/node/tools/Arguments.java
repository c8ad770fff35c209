package dev.muster.node.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a model called a tool with, after [Parameters] has looked at it.
record Arguments(JsonNode given) {
  String text(String name) {
    return text(name, "");
  }

  String text(String name, String otherwise) {
    var value = given.get(name);
    return value == null || value.isNull() ? otherwise : value.asText();
  }

  int whole(String name, int otherwise) {
    var value = given.get(name);
    return value == null || value.isNull() ? otherwise : value.asInt();
  }

  boolean has(String name) {
    return given.hasNonNull(name);
  }

  boolean yes(String name) {
    var value = given.get(name);
    return value != null && value.asBoolean();
  }

  List<String> texts(String name) {
    var all = new ArrayList<String>();
    var values = given.get(name);
    if (values != null) values.forEach(value -> all.add(value.asText()));
    return all;
  }

  Map<String, String> pairs(String name) {
    var all = new LinkedHashMap<String, String>();
    var values = given.get(name);
    if (values != null)
      values.properties().forEach(it -> all.put(it.getKey(), it.getValue().asText()));
    return all;
  }
}
