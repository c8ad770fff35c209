package dev.muster.orchestrator.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A field that a list is filtered and sorted by. What it can never be is refused, so that a typing
/// error does not look like an empty list.
///
/// @param choices all that a state can be; empty for other kinds
record Field<T>(String name, Kind kind, List<String> choices, Function<T, @Nullable Object> value) {
  private static final int VALUES_MAX = 100;

  enum Kind {
    TEXT,
    CHOICE,
    NUMBER,
    TIME
  }

  Field {
    choices = List.copyOf(choices);
  }

  static List<String> names(Class<? extends Enum<?>> choices) {
    return Arrays.stream(choices.getEnumConstants()).map(Enum::name).toList();
  }

  /// @param operator `:` (or `=`), `<`, `<=`, `>` or `>=`
  /// @param wanted values separated by commas, one of which must hold
  /// @throws ProblemException when the field can never be so
  Predicate<T> matching(String operator, String wanted) {
    var equals = operator.equals(":") || operator.equals("=");
    if (!equals && kind != Kind.NUMBER && kind != Kind.TIME) {
      throw refused("%s:value, since it has no order".formatted(name), operator + wanted);
    }
    var values = equals ? List.of(wanted.split(",", VALUES_MAX)) : List.of(wanted);
    return switch (kind) {
      case TEXT -> item -> values.stream().anyMatch(text(item)::equalsIgnoreCase);
      case CHOICE -> {
        var known = values.stream().map(this::choice).toList();
        yield item -> known.contains(text(item).toUpperCase(Locale.ROOT));
      }
      case NUMBER -> compared(operator, values.stream().map(this::number).toList());
      case TIME -> compared(operator, values.stream().map(this::time).toList());
    };
  }

  private String text(T item) {
    return String.valueOf(value.apply(item));
  }

  private Predicate<T> compared(String operator, List<Double> values) {
    return item -> {
      var found = seconds(value.apply(item));
      return found != null && values.stream().anyMatch(it -> holds(found, operator, it));
    };
  }

  private static boolean holds(double found, String operator, double wanted) {
    return switch (operator) {
      case ">=" -> found >= wanted;
      case "<=" -> found <= wanted;
      case ">" -> found > wanted;
      case "<" -> found < wanted;
      default -> found == wanted;
    };
  }

  private static @Nullable Double seconds(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case Instant at -> (double) at.toEpochMilli();
      case null, default -> null;
    };
  }

  private String choice(String wanted) {
    var name = wanted.toUpperCase(Locale.ROOT).replace('-', '_');
    if (choices.contains(name)) return name;
    throw refused("one of " + String.join(", ", choices), wanted);
  }

  private double number(String wanted) {
    try {
      return Double.parseDouble(wanted);
    } catch (NumberFormatException _) {
      throw refused("a number", wanted);
    }
  }

  private double time(String wanted) {
    try {
      var at =
          wanted.length() == "2026-01-31".length()
              ? LocalDate.parse(wanted).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(wanted);
      return at.toEpochMilli();
    } catch (DateTimeParseException _) {
      throw refused("a time such as 2026-01-31T10:00:00Z or 2026-01-31", wanted);
    }
  }

  private ProblemException refused(String expected, String found) {
    return ProblemException.of(
        400, "invalid-filter", "%s: expected %s, found %s".formatted(name, expected, found));
  }
}
