package dev.muster.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// YAML as maps, lists and scalars, with its anchors and merges resolved. A key that is not there
/// fails the test and says where.
record Yaml(Object value, String where) {
  static Yaml of(String text, String where) {
    return new Yaml(loader().load(text), where);
  }

  static List<Yaml> documents(Path file) {
    try {
      var found = new ArrayList<Yaml>();
      for (var document : loader().loadAll(Files.readString(file))) {
        found.add(new Yaml(document, file.getFileName().toString()));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static org.yaml.snakeyaml.Yaml loader() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
  }

  Yaml at(String... path) {
    var at = this;
    for (var key : path) {
      var found = at.map().get(key);
      if (found == null) throw new AssertionError(at.where + " has no " + key + ": " + at.value);
      at = new Yaml(found, at.where + "/" + key);
    }
    return at;
  }

  boolean has(String key) {
    return map().containsKey(key);
  }

  Map<?, ?> map() {
    if (value instanceof Map<?, ?> map) return map;
    throw new AssertionError(where + " is no map: " + value);
  }

  List<String> keys() {
    return map().keySet().stream().map(String::valueOf).toList();
  }

  List<Yaml> list() {
    if (!(value instanceof List<?> list)) throw new AssertionError(where + " is no list: " + value);
    var items = new ArrayList<Yaml>();
    for (Object item : list) items.add(new Yaml(item, where + "/" + items.size()));
    return items;
  }

  List<String> texts() {
    return list().stream().map(Yaml::text).toList();
  }

  String text() {
    return String.valueOf(value);
  }

  /// The item of a list whose `name` is this.
  Yaml named(String name) {
    return list().stream()
        .filter(item -> item.at("name").text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(where + " has no " + name));
  }

  /// Seconds of `75s` or `2m`.
  int seconds() {
    var text = text();
    var number = Integer.parseInt(text.substring(0, text.length() - 1));
    return text.endsWith("m") ? 60 * number : number;
  }

  @Override
  public String toString() {
    return where + ": " + value;
  }
}
