package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A part of the file, and what is wrong in it.
record ConfigPart(Config whole, String path, List<String> problems) {
  /// A dot would lead into an object.
  private static final String NAME = "[a-z0-9][a-z0-9_-]{0,39}";

  boolean has(String key) {
    return whole.hasPath(path + "." + key);
  }

  void expected(String key, String expected) {
    var at = has(key) ? whole.getValue(path + "." + key).origin() : whole.getValue(path).origin();
    var file = at.filename() == null ? "" : at.filename() + ":" + at.lineNumber() + ": ";
    problems.add(file + path + "." + key + ": expected " + expected);
  }

  void knows(Set<String> keys) {
    if (whole.getValue(path).valueType() != ConfigValueType.OBJECT) return;
    for (var entry : whole.getObject(path).entrySet()) {
      var key = entry.getKey();
      if (keys.contains(key)) continue;
      var at = entry.getValue().origin();
      problems.add(
          "%s:%d: there is no setting `%s.%s`; there is %s"
              .formatted(
                  at.filename(),
                  at.lineNumber(),
                  path,
                  key,
                  String.join(", ", new TreeSet<>(keys))));
    }
  }

  /// In the order in which they were written.
  List<String> names(String key) {
    if (!has(key)) return List.of();
    try {
      var names =
          whole.getObject(path + "." + key).entrySet().stream()
              .sorted(Comparator.comparingInt(it -> it.getValue().origin().lineNumber()))
              .map(Map.Entry::getKey)
              .toList();
      if (!names.stream().allMatch(it -> it.matches(NAME))) {
        expected(key, "names of a-z, 0-9, dashes and underscores, without dots");
      }
      return names.stream().filter(it -> it.matches(NAME) && isObject(key, it)).toList();
    } catch (ConfigException _) {
      expected(key, "{ NAME { … } }");
      return List.of();
    }
  }

  private boolean isObject(String key, String name) {
    var is = whole.getValue(path(key, name)).valueType() == ConfigValueType.OBJECT;
    if (!is) expected(key, name + " { … }");
    return is;
  }

  private String path(String key, String name) {
    return path + "." + key + "." + name;
  }

  ConfigPart part(String key, String name) {
    return new ConfigPart(whole, path(key, name), problems);
  }

  String text(String key, String otherwise) {
    try {
      return has(key) ? whole.getString(path + "." + key).strip() : otherwise;
    } catch (ConfigException _) {
      expected(key, "one value");
      return otherwise;
    }
  }

  List<String> strings(String key) {
    try {
      return has(key) ? whole.getStringList(path + "." + key) : List.of();
    } catch (ConfigException _) {
      expected(key, "a list, such as [a, b]");
      return List.of();
    }
  }

  int integer(String key, int otherwise, int min, int max) {
    return (int) whole(key, otherwise, min, max);
  }

  long whole(String key, long otherwise, long min, long max) {
    try {
      var value = has(key) ? whole.getLong(path + "." + key) : otherwise;
      if (value >= min && value <= max) return value;
    } catch (ConfigException _) {
      // reported below
    }
    expected(key, "a whole number from " + min + " to " + max);
    return otherwise;
  }

  double number(String key, double otherwise, double min, double max) {
    try {
      var value = has(key) ? whole.getDouble(path + "." + key) : otherwise;
      if (value >= min && value <= max) return value;
    } catch (ConfigException _) {
      // reported below
    }
    expected(key, "a number from " + min + " to " + max);
    return otherwise;
  }

  Duration duration(String key, Duration otherwise, Duration max) {
    try {
      var value = has(key) ? whole.getDuration(path + "." + key) : otherwise;
      if (!value.isNegative() && value.compareTo(max) <= 0) return value;
    } catch (ConfigException _) {
      // reported below
    }
    expected(key, "a duration up to " + max.toMinutes() + "m");
    return otherwise;
  }
}
