package dev.muster.protocol.proof;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One text for one value, so that both ends of a signature sign the same. Pure.
///
/// Every text has its length before it, so that no two values run together. A component that is
/// null, false, zero, or an empty list or map is left out: one that is added later changes no
/// signature of before. Names of records and of their components therefore never change, as in the
/// journal.
public final class Canonical {
  private Canonical() {}

  /// @param purpose what it is signed for, so that a signature for one is good for no other
  /// @param node that signs
  /// @throws IllegalArgumentException for a value of a kind that has no one text
  static byte[] of(String purpose, String node, Object value) {
    var text = new StringBuilder("muster 1");
    List.of(purpose, node).forEach(it -> word(it, text));
    add(value, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void add(Object value, StringBuilder to) {
    switch (value) {
      case String it -> word(it, to);
      case Enum<?> it -> word(it.name(), to);
      case Integer _, Long _, Boolean _, Instant _, Duration _ -> word(value.toString(), to);
      case List<?> it -> list(it, to);
      case Map<?, ?> it -> map(it, to);
      case Record it -> record(it, to);
      default -> throw new IllegalArgumentException("no one text for " + value.getClass());
    }
  }

  private static void word(String text, StringBuilder to) {
    to.append(' ').append(text.length()).append(':').append(text);
  }

  private static void list(Collection<?> values, StringBuilder to) {
    to.append(" [").append(values.size());
    for (var it : values) add(it, to);
  }

  private static void map(Map<?, ?> values, StringBuilder to) {
    var sorted = new TreeMap<String, Object>();
    values.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    to.append(" {").append(sorted.size());
    sorted.forEach((key, value) -> {
      word(key, to);
      add(value, to);
    });
  }

  private static void record(Record value, StringBuilder to) {
    to.append(" (");
    word(value.getClass().getSimpleName(), to);
    for (var component : value.getClass().getRecordComponents()) {
      var part = part(value, component);
      if (part == null || isNothing(part)) continue;
      word(component.getName(), to);
      add(part, to);
    }
    to.append(" )");
  }

  private static boolean isNothing(Object part) {
    return switch (part) {
      case Boolean it -> !it;
      case Integer it -> it == 0;
      case Long it -> it == 0;
      case List<?> it -> it.isEmpty();
      case Map<?, ?> it -> it.isEmpty();
      default -> false;
    };
  }

  private static @Nullable Object part(Record value, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component, e);
    }
  }
}
