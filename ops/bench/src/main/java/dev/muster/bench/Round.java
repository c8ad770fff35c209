package dev.muster.bench;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one engine came to in one round.
///
/// @param figures by their name, which ends in the unit; the first is what engines are compared by
record Round(@JsonProperty String engine, @JsonAnyGetter Map<String, Double> figures) {
  Round {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  static Round of(String engine) {
    return new Round(engine, Map.of());
  }

  Round with(String name, double value) {
    var more = new LinkedHashMap<>(figures);
    more.put(name, Math.round(value * 10) / 10.0);
    return new Round(engine, more);
  }

  /// Adds `p50Millis` and `p99Millis`.
  ///
  /// @param prefix of the figures' names; may be empty
  Round with(String prefix, double[] millis) {
    return with(named(prefix, "p50Millis"), at(millis, 0.5))
        .with(named(prefix, "p99Millis"), at(millis, 0.99));
  }

  private static String named(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "P" + name.substring(1);
  }

  /// The value below which so much of all is; 0 of none.
  static double at(double[] millis, double share) {
    var sorted = millis.clone();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }
}
