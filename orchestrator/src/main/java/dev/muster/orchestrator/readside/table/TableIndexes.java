package dev.muster.orchestrator.readside.table;

import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The indexes of a table, each by its columns before `id`; the first is that of the primary key.
/// Pure.
record TableIndexes(List<List<String>> all) {
  TableIndexes {
    all = List.copyOf(all);
  }

  /// One whose order is the wanted one, as columns that have one value only come first; null when
  /// there is none.
  @Nullable List<String> inOrder(Selection selection) {
    var fixed = fixed(selection);
    return all.stream()
        .filter(columns -> isInOrder(columns, selection.sort(), fixed))
        .max(Comparator.comparingInt(List::size))
        .orElse(null);
  }

  private static boolean isInOrder(List<String> columns, String sort, Set<String> fixed) {
    if (sort.equals("id")) return fixed.containsAll(columns);
    if (columns.isEmpty()) return false;
    var leading = columns.subList(0, columns.size() - 1);
    return columns.getLast().equals(sort) && fixed.containsAll(leading);
  }

  /// What a caller may sort by, whatever else is wanted.
  Set<String> sorts(Selection selection) {
    var fixed = fixed(selection);
    var sorts = new LinkedHashSet<String>();
    if (fixed.containsAll(all.getFirst())) sorts.add("id");
    for (var columns : all) {
      if (columns.isEmpty() || fixed.contains(columns.getLast())) continue;
      if (isInOrder(columns, columns.getLast(), fixed)) sorts.add(columns.getLast());
    }
    return sorts;
  }

  /// The columns with one value only that begin an index, as many as there are.
  List<String> narrowest(Selection selection) {
    var fixed = fixed(selection);
    return all.stream()
        .map(columns -> columns.stream().takeWhile(fixed::contains).toList())
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }

  private static Set<String> fixed(Selection selection) {
    return selection.conditions().stream()
        .map(Condition::fixed)
        .filter(it -> it != null)
        .collect(Collectors.toSet());
  }
}
