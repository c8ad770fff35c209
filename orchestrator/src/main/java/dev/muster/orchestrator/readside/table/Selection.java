package dev.muster.orchestrator.readside.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which rows of a table, in which order, beginning where.
///
/// @param conditions all of which hold
/// @param sort a column, or what is worked out of some
/// @param after the last that was seen; null begins at the beginning
public record Selection(
    List<Condition> conditions, String sort, boolean descending, @Nullable After after, int limit) {
  public Selection {
    conditions = List.copyOf(conditions);
  }

  /// @param sql over the table's columns; never anything a caller has written
  /// @param arguments for its `?`
  /// @param fixed the column that has one value only, and leads an index; else null
  public record Condition(String sql, List<Object> arguments, @Nullable String fixed) {
    public Condition {
      arguments = List.copyOf(arguments);
    }

    public Condition(String sql, List<Object> arguments) {
      this(sql, arguments, null);
    }

    public static Condition fixed(String column, Object value) {
      return new Condition(column + " = ?", List.of(value), column);
    }

    public static Condition of(String sql, Object... arguments) {
      return new Condition(sql, List.of(arguments));
    }
  }

  /// @param value of the sort
  /// @param id breaks ties
  public record After(Object value, String id) {}

  Selection also(Condition condition) {
    var all = new ArrayList<Condition>();
    all.add(condition);
    all.addAll(conditions);
    return new Selection(all, sort, descending, after, limit);
  }
}
