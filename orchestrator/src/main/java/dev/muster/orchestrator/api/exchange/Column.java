package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.table.Tags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A field that a table is filtered and sorted by. What it can never be is refused, so that a
/// typing error does not look like an empty list.
///
/// @param choices all that a state can be; empty for other kinds
/// @param sql a column of the table, or what is worked out of some; what there is not is '' in a
///   text, and less than 0 in a number or a time
record Column(String name, Kind kind, List<String> choices, String sql) {
  private static final int VALUES_MAX = 100;

  enum Kind {
    TEXT,
    /// In capitals wherever it is whole: found by its index.
    ID,
    /// The id of another that an item belongs to, by which there is an index; '' where there is
    /// none.
    OWNER,
    CHOICE,
    /// A choice that leads an index.
    STATE,
    /// One of several words that an item has.
    TAG,
    FLAG,
    NUMBER,
    /// Kept as milliseconds.
    SECONDS,
    TIME
  }

  Column {
    choices = List.copyOf(choices);
  }

  static List<String> names(Class<? extends Enum<?>> choices) {
    return Arrays.stream(choices.getEnumConstants()).map(Enum::name).toList();
  }

  /// @param operator `:` (or `=`), `<`, `<=`, `>` or `>=`
  /// @param wanted values separated by commas, one of which must hold
  /// @throws ProblemException when the field can never be so
  Condition matching(String operator, String wanted) {
    var equals = operator.equals(":") || operator.equals("=");
    var ordered = kind == Kind.NUMBER || kind == Kind.SECONDS || kind == Kind.TIME;
    if (!equals && !ordered) {
      throw refused("%s:value, since it has no order".formatted(name), operator + wanted);
    }
    var values = equals ? List.of(wanted.split(",", VALUES_MAX)) : List.of(wanted);
    var sign = equals ? "=" : operator;
    return switch (kind) {
      case TEXT -> text(values);
      case ID -> Condition.ids(values.stream().flatMap(it -> spellings(it).stream()).toList());
      case OWNER -> {
        var owners = values.stream().map(Column::owner).toList();
        yield owners.size() == 1 ? Condition.fixed(sql, owners.getFirst()) : in(sql, owners);
      }
      case CHOICE -> in(sql, values.stream().map(this::choice).toList());
      case STATE -> {
        var states = values.stream().map(this::choice).toList();
        yield states.size() == 1 ? Condition.fixed(sql, states.getFirst()) : in(sql, states);
      }
      case TAG -> tag(wanted);
      case FLAG -> in(sql, values.stream().map(it -> choice(it).equals("TRUE")).toList());
      case NUMBER -> compared(sign, values.stream().map(this::number).toList());
      case SECONDS -> compared(sign, values.stream().map(it -> millis(number(it))).toList());
      case TIME -> compared(sign, values.stream().map(this::time).toList());
    };
  }

  private Condition tag(String wanted) {
    if (Tags.isTag(wanted)) return RunViews.tagged(wanted);
    throw refused("one tag, such as nightly or team=red, and one term for each", wanted);
  }

  private static Condition in(String what, List<?> values) {
    return new Condition(what + " IN (" + Sql.marks(values.size()) + ")", List.copyOf(values));
  }

  /// Capitals do not matter. No text at all is what JSON calls `null`.
  private Condition text(List<String> values) {
    var lower = values.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
    var arguments = new ArrayList<Object>(lower);
    arguments.addAll(values);
    var marks = Sql.marks(values.size());
    var none = lower.contains("null") ? " OR " + sql + " = ''" : "";
    return new Condition(
        "LOWER(%s) IN (%s) OR %s IN (%s)%s".formatted(sql, marks, sql, marks, none), arguments);
  }

  /// What JSON calls `null` is no owner.
  private static String owner(String id) {
    return id.equalsIgnoreCase("null") ? "" : id.toUpperCase(Locale.ROOT);
  }

  private static List<String> spellings(String id) {
    return List.of(id, id.toUpperCase(Locale.ROOT), id.toLowerCase(Locale.ROOT));
  }

  private Condition compared(String operator, List<Double> values) {
    var terms =
        values.stream()
            .map(it -> it.isNaN() ? "1 = 0" : sql + " " + operator + " ?")
            .collect(Collectors.joining(" OR "));
    var arguments = values.stream().filter(it -> !it.isNaN()).map(Column::argument).toList();
    var whole = "(" + terms + ") AND " + sql + " >= 0";
    return values.size() == 1
        ? Condition.bounding(sql, whole, arguments)
        : new Condition(whole, arguments);
  }

  /// Whole numbers as such, so that an index of whole numbers finds them.
  private static Object argument(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? (Object) (long) value
        : (Object) value;
  }

  private static double millis(double seconds) {
    var exact = seconds * 1_000;
    var whole = Math.rint(exact);
    return Math.abs(exact - whole) < 1e-6 ? whole : exact;
  }

  String choice(String wanted) {
    var name = wanted.toUpperCase(Locale.ROOT).replace('-', '_');
    if (choices.contains(name)) return name;
    throw refused("one of " + String.join(", ", choices), wanted);
  }

  double number(String wanted) {
    try {
      return Double.parseDouble(wanted);
    } catch (NumberFormatException _) {
      throw refused("a number", wanted);
    }
  }

  double time(String wanted) {
    try {
      var at =
          wanted.length() == "2026-01-31".length()
              ? LocalDate.parse(wanted).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(wanted);
      return at.toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException _) {
      throw refused("a time such as 2026-01-31T10:00:00Z or 2026-01-31", wanted);
    }
  }

  /// What stands in a cursor for a value of it.
  ///
  /// @throws ProblemException when it is none
  Object value(String text) {
    try {
      return switch (kind) {
        case TEXT, ID, OWNER, CHOICE, STATE, TAG -> text;
        case FLAG -> (Object) Boolean.valueOf(text);
        case NUMBER, SECONDS, TIME -> (Object) Long.valueOf(text);
      };
    } catch (NumberFormatException _) {
      throw Cursor.invalid();
    }
  }

  ProblemException refused(String expected, String found) {
    return ProblemException.of(
        400, "invalid-filter", "%s: expected %s, found %s".formatted(name, expected, found));
  }
}
