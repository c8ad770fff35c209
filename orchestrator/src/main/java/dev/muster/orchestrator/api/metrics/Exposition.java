package dev.muster.orchestrator.api.metrics;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Figures in the text format of Prometheus, version 0.0.4
/// (`prometheus.io/docs/instrumenting/exposition_formats`): families one after the other, each with
/// what it means. Figures that are not known are left out.
public final class Exposition {
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(16_384);
  private final Set<String> families = new HashSet<>();
  private String family = "";

  public enum Kind {
    GAUGE,
    COUNTER,
    HISTOGRAM
  }

  /// What the samples that follow belong to.
  ///
  /// @throws IllegalArgumentException for a name that had its turn: a family is told in one piece
  public Exposition family(String name, Kind kind, String help) {
    if (!families.add(name)) throw new IllegalArgumentException(name + " is told twice");
    family = name;
    text.append("# HELP ").append(name).append(' ').append(help.replace("\\", "\\\\"));
    text.append("\n# TYPE ").append(name).append(' ');
    text.append(kind.name().toLowerCase(Locale.ROOT)).append('\n');
    return this;
  }

  public Exposition gauge(String name, String help) {
    return family(name, Kind.GAUGE, help);
  }

  public Exposition counter(String name, String help) {
    return family(name, Kind.COUNTER, help);
  }

  /// @param value null when it is not known
  /// @param labels names and values in turn
  public Exposition sample(@Nullable Number value, String... labels) {
    return sample("", value, labels);
  }

  /// @param suffix of the family's name, as histograms have some
  public Exposition sample(String suffix, @Nullable Number value, String... labels) {
    if (value == null) return this;
    text.append(family).append(suffix);
    for (var i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      text.append(escaped(labels[i + 1])).append('"');
    }
    if (labels.length > 0) text.append('}');
    text.append(' ').append(figure(value)).append('\n');
    return this;
  }

  static String figure(Number value) {
    return value instanceof Long || value instanceof Integer
        ? value.toString()
        : whole(value.doubleValue());
  }

  private static String whole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
