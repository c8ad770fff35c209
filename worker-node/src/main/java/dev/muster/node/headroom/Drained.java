package dev.muster.node.headroom;

/// Why this node gets no work, whatever it has left.
public enum Drained {
  NO,
  /// It cannot reach the database, so nothing that it did could be kept.
  CUT_OFF,
  /// An operator wants it to get no more work; it may finish what it has.
  YES,
  /// What still runs on it is to go elsewhere, too.
  EVICTING;

  /// Whether what does not run may go elsewhere at once.
  boolean leaves() {
    return this == YES || this == EVICTING;
  }
}
