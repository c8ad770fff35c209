package dev.muster.orchestrator.readside.table;

import java.util.Set;

/// There is no index in the order that was wanted, and more rows to sort than one answer may cost.
public final class TooManyToSortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Set<String> sorts;

  TooManyToSortException(Set<String> sorts, int max) {
    super("more than %,d are to be sorted".formatted(max));
    this.sorts = Set.copyOf(sorts);
  }

  /// Columns that would do.
  public Set<String> sorts() {
    return sorts;
  }
}
