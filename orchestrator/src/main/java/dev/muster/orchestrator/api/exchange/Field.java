package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.api.exchange.Column.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A field that a short list is filtered and sorted by, as the columns of tables are.
record Field<T>(Column column, Function<T, @Nullable Object> value) {
  private static final int VALUES_MAX = 100;

  /// @param operator `:` (or `=`), `<`, `<=`, `>` or `>=`
  /// @param wanted values separated by commas, one of which must hold
  /// @throws ProblemException when the field can never be so
  Predicate<T> matching(String operator, String wanted) {
    var equals = operator.equals(":") || operator.equals("=");
    var kind = column.kind();
    if (!equals && kind != Kind.NUMBER && kind != Kind.TIME) {
      throw column.refused(
          "%s:value, since it has no order".formatted(column.name()), operator + wanted);
    }
    var values = equals ? List.of(wanted.split(",", VALUES_MAX)) : List.of(wanted);
    return switch (kind) {
      case TEXT, ID, OWNER, TAG -> item -> values.stream().anyMatch(text(item)::equalsIgnoreCase);
      case CHOICE, STATE, FLAG -> {
        var known = values.stream().map(column::choice).toList();
        yield item -> known.contains(text(item).toUpperCase(Locale.ROOT));
      }
      case NUMBER, SECONDS -> compared(operator, values.stream().map(column::number).toList());
      case TIME -> compared(operator, values.stream().map(column::time).toList());
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
}
