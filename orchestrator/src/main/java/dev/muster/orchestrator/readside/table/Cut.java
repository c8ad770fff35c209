package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of an order: from where a question begins to where looking has to end. Each part of it
/// is a range of one index. Pure.
///
/// @param from conditions that say where it begins
/// @param value that all of it has; null when there are several
record Cut(String sort, boolean descending, List<Condition> from, @Nullable Object value) {
  Cut {
    from = List.copyOf(from);
  }

  /// Where a selection begins. What lies behind the same value is one stretch and what lies behind
  /// that value another: each goes by one index, and no database is sure to see that in a single
  /// one.
  static List<Cut> of(Selection selection) {
    var sort = selection.sort();
    var descending = selection.descending();
    var after = selection.after();
    if (after == null) return List.of(new Cut(sort, descending, List.of(), null));
    var behind = Condition.of("id" + (descending ? " < ?" : " > ?"), after.id());
    if (sort.equals("id")) return List.of(new Cut(sort, descending, List.of(behind), null));
    var tie = Condition.of(sort + " = ?", after.value());
    var beyond = next(sort, descending, after.value());
    return List.of(
        new Cut(sort, descending, List.of(tie, behind), after.value()),
        new Cut(sort, descending, List.of(beyond), null));
  }

  /// The same as far as `last`, and with it.
  List<List<Condition>> upTo(After last) {
    var ids = Condition.of("id" + (descending ? " >= ?" : " <= ?"), last.id());
    if (sort.equals("id") || value != null) return List.of(with(ids));
    var before = next(sort, !descending, last.value());
    return List.of(with(before), with(Condition.of(sort + " = ?", last.value()), ids));
  }

  private List<Condition> with(Condition... further) {
    var all = new ArrayList<>(from);
    all.addAll(List.of(further));
    return all;
  }

  /// H2 begins at the value itself and steps over all that have it, so of whole numbers the next is
  /// where it begins.
  private static Condition next(String sort, boolean descending, Object value) {
    if (value instanceof Number number) {
      return descending
          ? Condition.of(sort + " <= ?", number.longValue() - 1)
          : Condition.of(sort + " >= ?", number.longValue() + 1);
    }
    return Condition.of(sort + (descending ? " < ?" : " > ?"), value);
  }
}
