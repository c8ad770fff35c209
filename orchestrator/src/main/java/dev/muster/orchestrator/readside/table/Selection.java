package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.journal.jdbc.Sql;
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
  /// @param bounds the one column that it is about, as a range; else null
  public record Condition(
      String sql, List<Object> arguments, @Nullable String fixed, @Nullable String bounds) {
    public Condition {
      arguments = List.copyOf(arguments);
    }

    public Condition(String sql, List<Object> arguments) {
      this(sql, arguments, null, null);
    }

    public static Condition fixed(String column, Object value) {
      return new Condition(column + " = ?", List.of(value), column, null);
    }

    public static Condition bounding(String column, String sql, List<Object> arguments) {
      return new Condition(sql, arguments, null, column);
    }

    /// One of these ids, which are few.
    public static Condition ids(List<?> ids) {
      return bounding("id", "id IN (" + Sql.marks(ids.size()) + ")", List.copyOf(ids));
    }

    boolean isByIds() {
      return "id".equals(bounds);
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
    return with(all);
  }

  boolean isByIds() {
    return conditions.stream().anyMatch(Condition::isByIds);
  }

  Selection after(After last, int count) {
    return new Selection(conditions, sort, descending, last, count);
  }

  Selection with(List<Condition> all) {
    return new Selection(all, sort, descending, after, limit);
  }
}
